using CityBrain.Cases;
using CityBrain.City;

namespace CityBrain.Cockpit;

/// <summary>Puts counters into the form of the overview. Pure.</summary>
public static class OverviewBuilder
{
    private const string Open = ":open";
    private const string Done = ":done";

    /// <summary>Cases in each state.</summary>
    public static IReadOnlyList<StateCount> States(IReadOnlyDictionary<string, long> counters) =>
        [.. Enum.GetValues<CaseState>().Select(state => new StateCount(state, counters.GetValueOrDefault("state:" + state)))];

    /// <summary>The big figures.</summary>
    public static OverviewFigures Figures(IReadOnlyDictionary<string, long> counters, int overdue, bool overdueIsMore)
    {
        long Count(string name) => counters.GetValueOrDefault(name);

        var closed = Count("closed:solved") + Count("closed:unanswered");
        var histogram = HandlingTimes.Histogram(counters);
        return new OverviewFigures(
            Count("cases"),
            Count("kind:" + OriginKind.Appeal),
            Count("kind:" + OriginKind.Sensor),
            Count("kind:" + OriginKind.Warning),
            States(counters).Where(state => !CaseTransitions.IsEnd(state.State)).Sum(state => state.Count),
            overdue,
            overdueIsMore,
            closed,
            Count("closed:solved"),
            Count("closed:unanswered"),
            Count("closed:inTime"),
            Count("closed:late"),
            closed == 0 ? null : Count("closed:minutes") / 60.0 / closed,
            HandlingTimes.Percentile(histogram, 0.5),
            HandlingTimes.Percentile(histogram, 0.9));
    }

    /// <summary>Departments that have or had cases, most open first.</summary>
    public static IReadOnlyList<UnitCount> Departments(IReadOnlyDictionary<string, long> counters, Departments departments) =>
    [
        .. departments.All
            .Select(department => Unit(department.Id, department.Name, "department:", counters))
            .Where(unit => unit.Open + unit.Done > 0)
            .OrderByDescending(unit => unit.Open).ThenByDescending(unit => unit.Done).ThenBy(unit => unit.Id, StringComparer.Ordinal),
    ];

    /// <summary>Every district.</summary>
    public static IReadOnlyList<UnitCount> Districts(IReadOnlyDictionary<string, long> counters, AreaMap areas) =>
        [.. areas.All.Where(area => area.Level is AreaLevel.District).Select(area => Unit(area.Id, area.Name, "district:", counters))];

    /// <summary>Open cases by street-level area.</summary>
    public static IReadOnlyDictionary<string, long> Streets(IReadOnlyDictionary<string, long> counters) =>
        counters.Where(counter => counter.Key.StartsWith("street:", StringComparison.Ordinal))
            .ToDictionary(counter => counter.Key["street:".Length..^Open.Length], counter => counter.Value, StringComparer.Ordinal);

    private static UnitCount Unit(string id, LocalizedName name, string prefix, IReadOnlyDictionary<string, long> counters) =>
        new(id, name, counters.GetValueOrDefault(prefix + id + Open), counters.GetValueOrDefault(prefix + id + Done));
}
