using System.ComponentModel.DataAnnotations;
using CityBrain.City;
using CityBrain.EarlyWarning.Warnings;

namespace CityBrain.EarlyWarning;

/// <summary>Settings of early warning, section <c>EarlyWarning</c>.</summary>
public sealed class EarlyWarningOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "EarlyWarning";

    /// <summary>The level whose areas are watched: small enough to say where, large enough to count.</summary>
    public AreaLevel Level { get; set; } = AreaLevel.Community;

    /// <summary>False episodes a week that the city is ready to look at, over all topics, categories and areas together.</summary>
    [Range(0.01, 1000)]
    public double FalseEpisodesAWeek { get; set; } = 2;

    /// <summary>Days of its own that the city watches before it raises the first alarm.</summary>
    [Range(1, 366)]
    public int LearnDays { get; set; } = 28;

    /// <summary>Days after which a topic that nobody writes of takes no further text.</summary>
    [Range(1, 366)]
    public int TopicDays { get; set; } = 21;

    /// <summary>Days for which the entries from which all is known are kept after they have become part of a snapshot.</summary>
    [Range(1, 3660)]
    public int KeepDays { get; set; } = 90;

    /// <summary>A snapshot of what is known is kept after so many entries: as many are taken again, at most, when the app starts.</summary>
    [Range(1, 10_000)]
    public int SnapshotEntries { get; set; } = 500;

    /// <summary>When signs are one trouble, and how grave it is.</summary>
    [Required]
    public WarningSettings Warnings { get; set; } = new();
}
