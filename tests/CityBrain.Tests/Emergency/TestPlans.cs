using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Emergency;

namespace CityBrain.Tests.Emergency;

/// <summary>A flood plan for the small town: each level has the tasks of the one below and one more for each tier.</summary>
internal static class TestPlans
{
    public static readonly EmergencyPlan Flood = new(
        "flood",
        SmallTown.Name("Flood"),
        "Met",
        ["flood", "暴雨"],
        new[] { "watch", "pump", "visit", "leave" }.ToDictionary(code => code, SmallTown.Name),
        new Dictionary<EmergencyLevel, LevelRule>
        {
            [EmergencyLevel.Blue] = Rule(AreaLevel.District, 60, 240, ["watch"], []),
            [EmergencyLevel.Yellow] = Rule(AreaLevel.District, 30, 120, ["watch"], ["visit"]),
            [EmergencyLevel.Orange] = Rule(AreaLevel.City, 20, 60, ["watch", "pump"], ["visit"]),
            [EmergencyLevel.Red] = Rule(AreaLevel.City, 10, 30, ["watch", "pump"], ["visit", "leave"]),
        });

    public static readonly EmergencyPlans All = new([Flood]);

    public static EmergencyRecord Record(EmergencyState state = EmergencyState.Active, EmergencyLevel level = EmergencyLevel.Yellow, string areaId = "town") =>
        new() { Id = CaseKeys.CaseId("emergency", "1"), PlanCode = "flood", State = state, Level = level, AreaId = areaId };

    private static LevelRule Rule(AreaLevel authority, int ack, int rollCall, string[] street, string[] community) => new(
        authority,
        ack,
        rollCall,
        new Dictionary<AreaLevel, IReadOnlyList<string>> { [AreaLevel.District] = ["watch"], [AreaLevel.Street] = street, [AreaLevel.Community] = community });
}
