namespace CityBrain.EarlyWarning.Bursts;

/// <summary>Where and how a burst was seen.</summary>
public enum BurstLayer
{
    /// <summary>One area, within days or hours.</summary>
    Area,

    /// <summary>Several neighbouring areas together, within days or hours.</summary>
    Zone,

    /// <summary>The whole city, within days or hours.</summary>
    City,

    /// <summary>A slow burn: small daily excess that adds up over weeks, in areas or the city.</summary>
    Slow,
}
