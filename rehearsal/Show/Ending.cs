using CityBrain.Rehearsal.Plan;
using CityBrain.Rehearsal.Play;

namespace CityBrain.Rehearsal.Show;

/// <summary>Everything that is known when the play is over, read from the API.</summary>
/// <param name="Appeals">Each row of the sample, and its case as the API shows it.</param>
/// <param name="UnaskedCases">The cases of devices and of warnings.</param>
/// <param name="Overview">What the cockpit shows.</param>
/// <param name="DeadLetters">Dead letters by queue and reason.</param>
/// <param name="Score">What was sent and what came back.</param>
/// <param name="PlayTime">Real time of the play.</param>
/// <param name="CityTime">The city's time at the end, in its zone.</param>
internal sealed record Ending(
    IReadOnlyList<(PlannedAppeal Planned, CaseSeen? Found)> Appeals,
    IReadOnlyList<CaseSeen> UnaskedCases,
    OverviewSeen Overview,
    Tally DeadLetters,
    Score Score,
    TimeSpan PlayTime,
    DateTimeOffset CityTime)
{
    /// <summary>True when the counters of the cockpit say the same as the cases themselves.</summary>
    public bool CountersAgree => Appeals.Select(pair => pair.Found).OfType<CaseSeen>().Concat(UnaskedCases).CountBy(seen => seen.Status)
        .OrderBy(pair => pair.Key).Select(pair => (pair.Key, (long)pair.Value))
        .SequenceEqual(Overview.States.Where(state => state.Count > 0).OrderBy(state => state.State).Select(state => (state.State, state.Count)));

    /// <summary>The rows that are not accounted for, and why.</summary>
    public IReadOnlyList<(string Key, string Fault)> Faults { get; } =
    [
        .. Appeals.Select(pair => (pair.Planned.Row.Key, Fault: Accounting.Fault(pair.Planned, pair.Found))).Where(pair => pair.Fault is not null).Select(pair => (pair.Key, pair.Fault!)),
    ];
}
