using System.Text.Json.Serialization;

namespace CityBrain.EarlyWarning.Warnings;

/// <summary>A warning: signs near in place, time and meaning, taken as one trouble. What people decide about it is kept apart, in <see cref="WarningRuling"/>.</summary>
/// <param name="Id">Category and running number, such as <c>street-flooding-000012</c>.</param>
/// <param name="CategoryCode">The item that it is most likely about.</param>
/// <param name="Level">How grave it is now.</param>
/// <param name="Highest">The gravest that it has been; people are told when this grows.</param>
/// <param name="Parts">What the level rests on.</param>
/// <param name="Signs">The evidence, oldest first.</param>
/// <param name="Revision">Counts the times that people were told of it.</param>
/// <param name="Told">What they were told last.</param>
public sealed record Warning(string Id, string CategoryCode, WarningLevel Level, WarningLevel Highest, WarningParts Parts, IReadOnlyList<WarningSign> Signs, int Revision, WarningTold Told)
{
    /// <summary>Most signs that one warning takes; a further one replaces the weakest of the ended ones.</summary>
    public const int MostSigns = 40;

    /// <summary>When it was first seen.</summary>
    [JsonIgnore]
    public DateTimeOffset Onset => Signs.Min(sign => sign.Onset);

    /// <summary>When it was last seen.</summary>
    [JsonIgnore]
    public DateTimeOffset Last => Signs.Max(sign => sign.Last);

    /// <summary>When its last sign ended; null while one goes on.</summary>
    [JsonIgnore]
    public DateTimeOffset? End => Signs.All(sign => sign.End is not null) ? Signs.Max(sign => sign.End) : null;

    /// <summary>Areas in which it was seen, those of the strongest sign first; none for the whole city.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Areas => [.. Signs.OrderByDescending(sign => sign.Score).ThenBy(sign => sign.Id, StringComparer.Ordinal).SelectMany(sign => sign.Areas).Distinct(StringComparer.Ordinal)];

    /// <summary>Most distinct reporters that one of its signs saw; signs of people overlap, so they are not added up.</summary>
    [JsonIgnore]
    public int Reporters => (int)Math.Round(Signs.Where(sign => sign.IsOfPeople).Select(sign => sign.Observed).DefaultIfEmpty().Max());

    /// <summary>Devices that measured it.</summary>
    [JsonIgnore]
    public int Devices => Signs.Where(sign => !sign.IsOfPeople).Select(sign => sign.Subject).Distinct(StringComparer.Ordinal).Count();
}

/// <summary>What people were told of a warning: they are told again only when it has grown.</summary>
/// <param name="Level">The level then.</param>
/// <param name="Reporters">The reporters then.</param>
/// <param name="Devices">The devices then.</param>
/// <param name="At">When.</param>
public sealed record WarningTold(WarningLevel Level, int Reporters, int Devices, DateTimeOffset At);
