using CityBrain.Cases;
using CityBrain.Rehearsal.Plan;
using CityBrain.Rehearsal.Play;

namespace CityBrain.Rehearsal.Show;

/// <summary>Holds each row of the sample against the case that the API shows at the end. Pure.</summary>
internal static class Accounting
{
    /// <summary>What is wrong with the case of a row; null when it is accounted for.</summary>
    /// <param name="planned">The row.</param>
    /// <param name="found">Its case; null when there is none.</param>
    public static string? Fault(PlannedAppeal planned, CaseSeen? found) => found switch
    {
        null => "has no case",
        { Origin: var origin } when origin.Channel != planned.Appeal.Channel || origin.SourceId != planned.Appeal.SourceId => "has the case of another appeal",
        { Status: CaseState.Merged, MergedInto: not null } => null,
        { Status: CaseState.Referred } => null,
        { Assignment: null } => $"never reached a department; it is {found.Status}",
        _ when planned.ReplyAt is null => CaseTransitions.IsEnd(found.Status) ? $"was never closed, yet it is {found.Status}" : null,
        { Status: not CaseState.Closed } => $"was closed, yet it is {found.Status}",
        { Reply: null } => "was closed without a reply",
        _ => null,
    };
}
