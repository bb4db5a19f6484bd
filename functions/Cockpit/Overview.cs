using CityBrain.Cases;
using CityBrain.City;

namespace CityBrain.Cockpit;

/// <summary>The city at a glance. Every figure is the supervision's own: nothing is counted here a second time.</summary>
/// <param name="City">Name of the city.</param>
/// <param name="TimeZone">IANA name of the city's time zone.</param>
/// <param name="DataAsOf">City instant at which the counters were read.</param>
/// <param name="OutboxWaiting">Changes that the counters do not yet show.</param>
/// <param name="Figures">The big figures.</param>
/// <param name="States">Cases in each state, in the order of the life of a case; none left out.</param>
/// <param name="Departments">Departments with cases, most open first.</param>
/// <param name="Districts">Every district.</param>
/// <param name="Streets">Open cases of each street-level area that has any.</param>
/// <param name="HandlingHours">Closed cases by hours from filing to end; the bounds of <see cref="CaseTally.HandlingHours"/>, the last without one.</param>
/// <param name="Overdue">The longest overdue cases that the caller may see.</param>
public sealed record Overview(
    LocalizedName City,
    string TimeZone,
    DateTimeOffset DataAsOf,
    int OutboxWaiting,
    OverviewFigures Figures,
    IReadOnlyList<StateCount> States,
    IReadOnlyList<UnitCount> Departments,
    IReadOnlyList<UnitCount> Districts,
    IReadOnlyDictionary<string, long> Streets,
    IReadOnlyList<HandlingBucket> HandlingHours,
    IReadOnlyList<OverdueCase> Overdue);

/// <summary>The big figures.</summary>
/// <param name="Cases">All cases ever filed.</param>
/// <param name="Appeals">Those of people.</param>
/// <param name="Sensors">Those of devices.</param>
/// <param name="Warnings">Those that early warning opened.</param>
/// <param name="Open">Neither closed nor merged, referred or withdrawn.</param>
/// <param name="Overdue">Open cases whose next clock has run out; see <paramref name="OverdueIsMore"/>.</param>
/// <param name="OverdueIsMore">True when there are more than were counted.</param>
/// <param name="Closed">Closed cases.</param>
/// <param name="Solved">Closed with the reporter's word that it is solved, or the device's.</param>
/// <param name="Unanswered">Closed without any word; counted apart.</param>
/// <param name="InTime">Closed by the time limit of the catalogue.</param>
/// <param name="Late">Closed after it.</param>
/// <param name="MeanHours">Mean hours from filing to end; null while nothing is closed.</param>
/// <param name="MedianHours">Median, interpolated within the histogram.</param>
/// <param name="P90Hours">The 90th percentile, interpolated likewise.</param>
public sealed record OverviewFigures(
    long Cases,
    long Appeals,
    long Sensors,
    long Warnings,
    long Open,
    int Overdue,
    bool OverdueIsMore,
    long Closed,
    long Solved,
    long Unanswered,
    long InTime,
    long Late,
    double? MeanHours,
    double? MedianHours,
    double? P90Hours);

/// <summary>Cases in a state.</summary>
public sealed record StateCount(CaseState State, long Count);

/// <summary>Cases of a department or an area.</summary>
public sealed record UnitCount(string Id, LocalizedName Name, long Open, long Done);

/// <summary>Closed cases that took at most some hours; null in the last bucket, which has no bound.</summary>
public sealed record HandlingBucket(double? UpToHours, long Count);

/// <summary>A case whose next clock has run out.</summary>
public sealed record OverdueCase(string Id, CaseState State, LocalizedName? Category, LocalizedName? Department, LocalizedName? Area, DateTimeOffset DueAt);
