namespace CityBrain.EarlyWarning.Warnings;

/// <summary>How grave a warning is, in the four colours of Chinese warnings. 预警等级</summary>
public enum WarningLevel
{
    /// <summary>蓝色: worth a look.</summary>
    Blue,

    /// <summary>黄色: act within the day.</summary>
    Yellow,

    /// <summary>橙色: act now.</summary>
    Orange,

    /// <summary>红色: act now, together.</summary>
    Red,
}

/// <summary>What the level of a warning rests on; the index is their product.</summary>
/// <param name="Severity">Of the matter: 1 routine, 2 urgent, 3 where life may be at risk.</param>
/// <param name="Confidence">That it is no chance, 0 to 1; people and devices together are surer than either.</param>
/// <param name="Reach">How far it reaches, from 1: grows with the logarithm of reporters and areas.</param>
public sealed record WarningParts(double Severity, double Confidence, double Reach)
{
    /// <summary>Severity × confidence × reach.</summary>
    public double Index => Math.Round(Severity * Confidence * Reach, 3);
}
