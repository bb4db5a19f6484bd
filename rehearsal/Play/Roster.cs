using System.Collections.Concurrent;
using CityBrain.Cases;
using CityBrain.Rehearsal.Plan;

namespace CityBrain.Rehearsal.Play;

/// <summary>Which case belongs to which row, and what the people of the city have already planned to do about it. Safe for concurrent use.</summary>
internal sealed class Roster
{
    private readonly ConcurrentDictionary<string, PlannedAppeal> _plans = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (int Version, string Stage)> _planned = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentBag<MoveKind>> _refused = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _caseOfRow = new(StringComparer.Ordinal);

    /// <summary>The case ids by the key of the row.</summary>
    public IReadOnlyDictionary<string, string> CaseOfRow => _caseOfRow;

    /// <summary>Notes the case that an appeal became; false when the same appeal gave another case before.</summary>
    public bool Enter(PlannedAppeal appeal, string caseId)
    {
        _plans[caseId] = appeal;
        return _caseOfRow.GetOrAdd(appeal.Row.Key, caseId) == caseId;
    }

    /// <summary>The row of a case; null for a sensor's.</summary>
    public PlannedAppeal? PlanOf(string caseId) => _plans.GetValueOrDefault(caseId);

    /// <summary>
    /// True when nobody has planned a move yet for the case as it stands; from now on somebody has. What was seen earlier but comes later
    /// is no news.
    /// </summary>
    /// <param name="seen">The case.</param>
    /// <param name="again">True: a new plan is wanted for the same standing.</param>
    public bool TakeUp(CaseSeen seen, bool again)
    {
        if (seen.Origin.Kind is OriginKind.Appeal && !_plans.ContainsKey(seen.Id))
        {
            return false;
        }

        var stage = $"{seen.Status}/{seen.Assignment?.Round}/{seen.Returns}/{seen.Reopens}";
        while (true)
        {
            var known = _planned.GetOrAdd(seen.Id, (0, ""));
            if (known.Version > seen.Version || (known.Stage == stage && !again))
            {
                return false;
            }

            if (_planned.TryUpdate(seen.Id, (seen.Version, stage), known))
            {
                return true;
            }
        }
    }

    /// <summary>The kinds of moves that the city refused for a case.</summary>
    public IReadOnlyCollection<MoveKind> RefusedFor(string caseId) => _refused.GetValueOrDefault(caseId) is { } refused ? refused : [];

    /// <summary>Notes a refusal.</summary>
    public void Refused(string caseId, MoveKind kind) => _refused.GetOrAdd(caseId, _ => []).Add(kind);
}
