using CityBrain.City;
using CityBrain.Sharing;

namespace CityBrain.Emergency;

/// <summary>Who may sign for a level: the headquarters of the area's own authority, or of a wider one. Pure.</summary>
public static class Authority
{
    /// <summary>True when the caller holds the authority that the level needs, over the area of the emergency.</summary>
    public static bool MaySign(Caller caller, EmergencyRecord emergency, LevelRule rule, AreaMap areas) =>
        caller.Authority is { } authority
        && authority <= rule.Authority
        && HoldsOver(caller, emergency.AreaId, areas);

    /// <summary>True when an area is in the caller's part of the city.</summary>
    public static bool HoldsOver(Caller caller, string areaId, AreaMap areas) =>
        caller.AreaId is null || (areas.Find(areaId) is not null && areas.Chain(areaId).Any(area => area.Id == caller.AreaId));
}
