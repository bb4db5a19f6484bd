namespace CityBrain.EarlyWarning.Warnings;

/// <summary>Tells people of warnings. To tell the same again is to tell it once.</summary>
public interface IWarningNotices
{
    /// <summary>Tells those who answer for the matter and the place of a warning that is new or has grown.</summary>
    Task TellAsync(Warning warning, string? caseId, CancellationToken cancellationToken);

    /// <summary>Tells the duty officers once a day which warnings go on.</summary>
    Task TellAsync(WarningDigest digest, CancellationToken cancellationToken);
}

/// <summary>The warnings of a day.</summary>
/// <param name="Day">The local day.</param>
/// <param name="At">When it was put together.</param>
/// <param name="Lines">One for each, the gravest first.</param>
/// <param name="Precision">How often warnings were right so far.</param>
public sealed record WarningDigest(DateOnly Day, DateTimeOffset At, IReadOnlyList<WarningLine> Lines, WarningPrecision Precision);

/// <summary>A warning in one line.</summary>
public sealed record WarningLine(string WarningId, WarningLevel Level, string CategoryCode, string? AreaId, int Reporters, int Devices, bool IsRuled);
