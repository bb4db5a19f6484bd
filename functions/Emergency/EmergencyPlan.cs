using CityBrain.City;

namespace CityBrain.Emergency;

/// <summary>The four levels of response, from IV to I, by their colours.</summary>
public enum EmergencyLevel
{
    /// <summary>Level IV 蓝色.</summary>
    Blue,

    /// <summary>Level III 黄色.</summary>
    Yellow,

    /// <summary>Level II 橙色.</summary>
    Orange,

    /// <summary>Level I 红色.</summary>
    Red,
}

/// <summary>What the city does in one kind of emergency 应急预案.</summary>
/// <param name="Code">Such as <c>flood</c>.</param>
/// <param name="Name">What people call it.</param>
/// <param name="CapCategory">Its category in the Common Alerting Protocol, such as <c>Met</c>.</param>
/// <param name="CapEvents">Words by which an incoming alert's event is known as this kind.</param>
/// <param name="Tasks">The tasks, by code.</param>
/// <param name="Levels">What holds at each level; all four are there.</param>
public sealed record EmergencyPlan(
    string Code,
    LocalizedName Name,
    string CapCategory,
    IReadOnlyList<string> CapEvents,
    IReadOnlyDictionary<string, LocalizedName> Tasks,
    IReadOnlyDictionary<EmergencyLevel, LevelRule> Levels);

/// <summary>What holds at one level.</summary>
/// <param name="Authority">Who may sign for it: the headquarters of this level of the city, or of a wider one.</param>
/// <param name="AcknowledgeMinutes">An order is acknowledged within this time; then it is reminded of, then it climbs.</param>
/// <param name="RollCallMinutes">How often those who are missing are listed 点名.</param>
/// <param name="Tasks">Task codes for each level of area: district, street, community.</param>
public sealed record LevelRule(AreaLevel Authority, int AcknowledgeMinutes, int RollCallMinutes, IReadOnlyDictionary<AreaLevel, IReadOnlyList<string>> Tasks)
{
    /// <summary>The tasks of an area of a level; none when the level has nothing to do.</summary>
    public IReadOnlyList<string> TasksOf(AreaLevel level) => Tasks.GetValueOrDefault(level) ?? [];
}
