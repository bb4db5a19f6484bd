using CityBrain.City;
using CityBrain.Sharing;

namespace CityBrain.Notifications;

/// <summary>Names of the channels, and who may read which. A name is part of a table key, a session id and an address.</summary>
public static class NoticeChannels
{
    /// <summary>The duty officers of the city.</summary>
    public const string Duty = "duty";

    /// <summary>What is sent to reporters: it holds the links by which they answer, so nobody whose work is judged by them reads it.</summary>
    public const string Reporters = "reporters";

    private const string DepartmentPrefix = "department-";
    private const string AreaPrefix = "area-";

    /// <summary>The channel of a department.</summary>
    public static string Department(string id) => DepartmentPrefix + id;

    /// <summary>The channel of those who answer for an area; the city's own is the duty officers'.</summary>
    public static string Area(Area area) => area.Level is AreaLevel.City ? Duty : AreaPrefix + area.Id;

    /// <summary>True when the city has such a channel.</summary>
    public static bool Exists(string channel, CityModel city) =>
        channel is Duty or Reporters
        || (DepartmentOf(channel) is { } department && city.Departments.Find(department) is not null)
        || (AreaOf(channel) is { } area && city.Areas.Find(area) is { Level: not AreaLevel.City });

    /// <summary>The channel that a caller sees when none is named.</summary>
    public static string DefaultOf(Caller caller, CityModel city) => caller switch
    {
        { Role: Role.Intake } => Reporters,
        { Department: { } department } => Department(department),
        { AreaId: { } id } when city.Areas.Find(id) is { } area => Area(area),
        _ => Duty,
    };

    /// <summary>True when a caller may read a channel.</summary>
    public static bool MayRead(Caller caller, string channel, CityModel city) => caller switch
    {
        { Role: Role.Intake } => channel == Reporters,
        { Role: Role.Staff or Role.Party } when channel == Reporters => false,
        { Department: null, AreaId: null } => true,
        _ => (caller.Department is { } department && channel == Department(department))
            || (caller is { Department: null, AreaId: { } own } && AreaOf(channel) is { } id && city.Areas.Find(id) is not null && city.Areas.Chain(id).Any(area => area.Id == own)),
    };

    /// <summary>What people call a channel; null when it is one of the two that are named in the texts.</summary>
    public static LocalizedName? NameOf(string channel, CityModel city) =>
        DepartmentOf(channel) is { } department ? city.Departments.Find(department)?.Name
        : AreaOf(channel) is { } area ? city.Areas.Find(area)?.Name
        : null;

    private static string? DepartmentOf(string channel) => After(DepartmentPrefix, channel);

    private static string? AreaOf(string channel) => After(AreaPrefix, channel);

    private static string? After(string prefix, string channel) => channel.StartsWith(prefix, StringComparison.Ordinal) ? channel[prefix.Length..] : null;
}
