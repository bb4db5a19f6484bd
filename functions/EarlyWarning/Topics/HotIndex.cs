namespace CityBrain.EarlyWarning.Topics;

/// <summary>How much each part of the hot index counts; 0 or more.</summary>
public sealed record HotIndexWeights
{
    /// <summary>Weight of how many people write.</summary>
    public double Reach { get; init; } = 1;

    /// <summary>Weight of how unusual that is.</summary>
    public double Burst { get; init; } = 0.3;

    /// <summary>Weight of how many agree.</summary>
    public double Support { get; init; } = 0.3;

    /// <summary>Weight of how bad it is.</summary>
    public double Severity { get; init; } = 1;
}

/// <summary>How hot a topic is on a day, with its parts, unweighted.</summary>
/// <param name="Reach">ln(1 + distinct reporters, each counted half after every 7 days since he last wrote).</param>
/// <param name="Burst">−log10 of the chance that so many write, at most 10; 0 when nothing is unusual or nobody looked.</param>
/// <param name="Support">ln(1 + likes² / (likes + dislikes + 1)).</param>
/// <param name="Severity">As given, 0 to 1.</param>
/// <param name="Value">The weighted sum.</param>
public sealed record HotIndex(double Reach, double Burst, double Support, double Severity, double Value)
{
    /// <summary>Days after which a reporter counts half.</summary>
    public const double HalfLifeDays = 7;

    /// <summary>The most that unusualness counts.</summary>
    public const double MostBurst = 10;

    /// <summary>The index.</summary>
    /// <param name="weights">Weights of the parts.</param>
    /// <param name="recentReporters">Distinct reporters with their half-life, <see cref="TopicTrend.RecentReporters"/>.</param>
    /// <param name="burst">−log10 of the chance; below 0 counts as 0.</param>
    /// <param name="likes">People who agreed.</param>
    /// <param name="dislikes">People who disagreed.</param>
    /// <param name="severity">0 to 1.</param>
    public static HotIndex Of(HotIndexWeights weights, double recentReporters, double burst, long likes, long dislikes, double severity)
    {
        var reach = Math.Log(1 + recentReporters);
        var unusual = Math.Clamp(burst, 0, MostBurst);
        var support = Math.Log(1 + ((double)likes * likes / (likes + dislikes + 1)));
        return new(reach, unusual, support, severity, (weights.Reach * reach) + (weights.Burst * unusual) + (weights.Support * support) + (weights.Severity * severity));
    }
}
