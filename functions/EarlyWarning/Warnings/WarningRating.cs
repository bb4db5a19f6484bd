using CityBrain.City;

namespace CityBrain.EarlyWarning.Warnings;

/// <summary>How grave a warning is: severity × confidence × reach. Pure.</summary>
public static class WarningRating
{
    /// <summary>A score at which one half is certain: one in a thousand by chance.</summary>
    private const double HalfSure = 3;

    /// <summary>The parts for signs of one trouble.</summary>
    /// <param name="signs">The evidence.</param>
    /// <param name="urgency">How urgent its matter is.</param>
    public static WarningParts PartsOf(IReadOnlyList<WarningSign> signs, Urgency urgency)
    {
        // Signs of one kind rest on the same reports, so only the strongest counts; people and devices are witnesses that do not know of each other.
        var doubt = signs.GroupBy(sign => sign.IsOfPeople).Select(witness => 1 - SureOf(witness.Max(sign => sign.Score))).Aggregate(1.0, (product, part) => product * part);
        var reporters = signs.Where(sign => sign.IsOfPeople).Select(sign => sign.Observed).DefaultIfEmpty().Max();
        var areas = signs.SelectMany(sign => sign.Areas).Distinct(StringComparer.Ordinal).Count();
        var isCitywide = signs.Any(sign => sign.Areas.Count == 0);
        var reach = 1 + (Math.Log10(1 + reporters) / 2) + (isCitywide ? 1 : Math.Log10(1 + areas) / 2);
        return new(1 + (int)urgency, Math.Round(1 - doubt, 3), Math.Round(reach, 3));
    }

    /// <summary>The level of an index.</summary>
    public static WarningLevel LevelOf(WarningParts parts, WarningSettings settings) => parts.Index switch
    {
        var index when index >= settings.Red => WarningLevel.Red,
        var index when index >= settings.Orange => WarningLevel.Orange,
        var index when index >= settings.Yellow => WarningLevel.Yellow,
        _ => WarningLevel.Blue,
    };

    private static double SureOf(double score) => score / (score + HalfSure);
}
