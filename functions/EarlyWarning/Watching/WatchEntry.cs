using CityBrain.EarlyWarning.Warnings;

namespace CityBrain.EarlyWarning.Watching;

/// <summary>
/// One thing that early warning is told, in the order in which it is told: a case, an anomaly of a device, what people found a warning to be, or only
/// that time has passed. All that it ever knows follows from its entries.
/// </summary>
/// <param name="Key">The same for the same thing, so that what is told twice is taken once.</param>
/// <param name="At">The city's time.</param>
public sealed record WatchEntry(string Key, DateTimeOffset At)
{
    /// <summary>A case that left intake; null for another entry.</summary>
    public FiledCase? Case { get; init; }

    /// <summary>News of a device; null for another entry.</summary>
    public DeviceNews? Device { get; init; }

    /// <summary>What a warning was found to be; null for another entry.</summary>
    public RulingNews? Ruling { get; init; }
}

/// <summary>What early warning learns of a case: nothing that a person could be known by.</summary>
/// <param name="CaseId">Which case.</param>
/// <param name="Title">Its title, redacted; may be empty.</param>
/// <param name="Text">Its wording, redacted.</param>
/// <param name="CategoryCode">Catalogue item; null when triage found none.</param>
/// <param name="AreaId">Smallest known area, at any level.</param>
/// <param name="ReporterKey">Pseudonym of the reporter; null when nobody is known.</param>
/// <param name="Places">Names of places in the wording, redacted; null when there is none.</param>
public sealed record FiledCase(string CaseId, string Title, string Text, string? CategoryCode, string? AreaId, string? ReporterKey, IReadOnlyList<string>? Places = null);

/// <summary>News of a device.</summary>
/// <param name="Kind">What the device is, such as <c>river-gauge</c>.</param>
/// <param name="Sign">What it measured.</param>
public sealed record DeviceNews(string Kind, WarningSign Sign);

/// <summary>What people found a warning to be.</summary>
/// <param name="WarningId">Which warning.</param>
/// <param name="Disposition">Null when it was taken back.</param>
public sealed record RulingNews(string WarningId, Disposition? Disposition);
