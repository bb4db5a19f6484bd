using System.ComponentModel.DataAnnotations;

namespace CityBrain.EarlyWarning.Warnings;

/// <summary>When signs are one trouble and how grave it is.</summary>
public sealed record WarningSettings
{
    /// <summary>Signs of places at most so many kilometres apart may be one trouble.</summary>
    [Range(0.1, 100)]
    public double NearKilometres { get; init; } = 3;

    /// <summary>Signs at most so many hours apart may be one trouble.</summary>
    [Range(1, 720)]
    public double NearHours { get; init; } = 48;

    /// <summary>Index from which a warning is yellow.</summary>
    [Range(0, 100)]
    public double Yellow { get; init; } = 1.5;

    /// <summary>Index from which a warning is orange.</summary>
    [Range(0, 100)]
    public double Orange { get; init; } = 3;

    /// <summary>Index from which a warning is red.</summary>
    [Range(0, 100)]
    public double Red { get; init; } = 5;

    /// <summary>People are told again when a warning has so many times the reporters that they were told of.</summary>
    [Range(1.1, 100)]
    public double Growth { get; init; } = 2;

    /// <summary>The level from which a warning opens a case.</summary>
    public WarningLevel CaseFrom { get; init; } = WarningLevel.Blue;
}
