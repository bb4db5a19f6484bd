using CityBrain.City;
using CityBrain.EarlyWarning.Warnings;
using CityBrain.Resources;

namespace CityBrain.Notifications;

/// <summary>Puts warnings into cards: figures alone, nothing of anybody's wording.</summary>
public static class WarningCard
{
    /// <summary>The figures of one warning.</summary>
    public static IEnumerable<Fact> FactsOf(WarningNews warning, CityModel city, Texts texts)
    {
        yield return new Fact(texts["WarningLevel"], texts.Of(warning.Level));
        if (warning.Reporters > 0)
        {
            yield return new Fact(texts["WarningReporters"], texts.Format("WarningReportersValue", warning.Reporters, warning.Expected));
        }

        if (warning.Devices > 0)
        {
            yield return new Fact(texts["WarningDevices"], warning.Devices.ToString(texts.Culture));
        }

        yield return new Fact(texts["WarningSince"], texts.Time(warning.Onset, city.TimeZone));
    }

    /// <summary>The elements of the card of a day, below its title.</summary>
    public static IEnumerable<CardElement> Of(WarningDigest digest, CityModel city, Texts texts)
    {
        yield return new FactSet(
        [
            .. digest.Lines.Select(line => new Fact(texts.Of(line.Level), $"{NameOf(line, city, texts)} · {texts.Format("WarningLine", line.Reporters, line.Devices)}")),
            .. digest.Precision.Precision is { } precision ? new[] { new Fact(texts["WarningPrecision"], texts.Format("WarningPrecisionValue", precision, digest.Precision.True, digest.Precision.False)) } : [],
        ]);
    }

    private static string NameOf(WarningLine line, CityModel city, Texts texts)
    {
        var item = city.Catalogue.Find(line.CategoryCode) is { } found ? texts.In(found.Name) : line.CategoryCode;
        return PlaceName.Of(line.AreaId, city.Areas) is { } place ? $"{item}, {texts.In(place)}" : item;
    }
}
