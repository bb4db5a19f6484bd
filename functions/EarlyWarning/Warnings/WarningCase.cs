using System.Globalization;
using CityBrain.Cases;
using CityBrain.City;

namespace CityBrain.EarlyWarning.Warnings;

/// <summary>The case that a warning opens before anybody asks for it: no reporter, and nothing of anybody's wording. 未诉先办</summary>
public static class WarningCase
{
    private const string Channel = "warning";

    /// <summary>Id of the case of a warning: one at most.</summary>
    public static string IdOf(string warningId) => CaseKeys.CaseId(Channel, warningId);

    /// <summary>The case as it is filed.</summary>
    /// <param name="warning">The warning.</param>
    /// <param name="city">Names.</param>
    /// <param name="pointOf">A point within an area.</param>
    public static Case DraftOf(Warning warning, CityModel city, Func<string, GeoPoint?> pointOf)
    {
        var item = city.Catalogue.Find(warning.CategoryCode) ?? city.Catalogue.Other;
        var place = warning.Areas.Count > 0 ? city.Areas.Find(warning.Areas[0]) : null;
        return new Case
        {
            Id = IdOf(warning.Id),
            Origin = new CaseOrigin(OriginKind.Warning, Channel, warning.Id),
            Title = place is null ? item.Name.En : $"{item.Name.En} · {place.Name.En}",
            Text = string.Join(' ', warning.Signs.Select(sign => Described(sign, city))),
            OccurredAt = warning.Onset,
            Point = place is null ? null : pointOf(place.Id),
        };
    }

    /// <summary>A sign in words and figures.</summary>
    private static string Described(WarningSign sign, CityModel city) => sign.Kind switch
    {
        SignKind.Sensor => string.Create(CultureInfo.InvariantCulture, $"{city.Devices.Find(sign.Subject)?.Name.En ?? sign.Subject}: {sign.How} {sign.Observed:0.###}, expected {sign.Expected:0.###}, since {sign.Onset:u}."),
        _ => string.Create(CultureInfo.InvariantCulture, $"{sign.Kind} {sign.Subject}: {sign.Observed:0.#} people within {sign.WindowHours} hours, expected {sign.Expected:0.##}, since {sign.Onset:u}, in {(sign.Areas.Count == 0 ? "the whole city" : string.Join(", ", sign.Areas))}."),
    };
}
