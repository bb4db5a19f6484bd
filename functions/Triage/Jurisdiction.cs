using CityBrain.Cases;
using CityBrain.City;

namespace CityBrain.Triage;

/// <summary>Where a case is and whose ground that is: by polygon, else by the places that its words name. Pure. 属地</summary>
/// <param name="AreaId">The smallest area that is sure; the city when nothing is.</param>
/// <param name="Unsure">What a person has to decide; null when nothing.</param>
/// <param name="Why">What decided; null when nothing did.</param>
public sealed record Jurisdiction(string AreaId, string? Unsure, string? Why)
{
    /// <summary>A place nearer than this to a boundary, in metres, may as well lie beyond it: as good as the coordinates of a telephone are.</summary>
    public const double Blur = 10;

    /// <summary>Finds the place of a case.</summary>
    /// <param name="filed">The case.</param>
    /// <param name="officeLevel">The level whose offices lead such cases; null when one department leads in the whole city, so that boundaries within it do not matter.</param>
    /// <param name="city">The city.</param>
    public static Jurisdiction Of(Case filed, AreaLevel? officeLevel, CityModel city)
    {
        if (filed.Point is { } point)
        {
            return ByPoint(point, officeLevel, city);
        }

        var named = city.Places.Find($"{filed.Address}\n{filed.Title}\n{filed.Text}\n{string.Join('\n', filed.NamedPlaces ?? [])}");
        return named switch
        {
            [] => new(city.Areas.City.Id, officeLevel is { } level ? $"No place is given, and each {level} has an office of its own for the matter." : null, null),
            [var only] when officeLevel is { } level && only.Level < level => new(only.Id, $"The words name {only.Name.En} alone, and each {level} in it has an office of its own for the matter.", $"words name {only.Id}"),
            [var only] => new(only.Id, null, $"words name {only.Id}"),
            _ => Ambiguous(named, officeLevel, city),
        };
    }

    private static Jurisdiction ByPoint(GeoPoint point, AreaLevel? officeLevel, CityModel city)
    {
        if (city.Areas.Locate(point.Latitude, point.Longitude) is not { } grid)
        {
            return new(city.Areas.City.Id, "The place is outside the city.", null);
        }

        var near = officeLevel is { } level ? city.Areas.Near(point.Latitude, point.Longitude, Blur, level) : [];
        return near.Count > 1
            ? new(grid.Id, $"The place lies within {Blur} m of the boundary between {string.Join(" and ", near.Select(area => area.Name.En))}.", "polygon, near a boundary")
            : new(grid.Id, null, null);
    }

    /// <summary>Several places: what holds them all is sure, and only if no office below it must be chosen, that is enough.</summary>
    private static Jurisdiction Ambiguous(IReadOnlyList<Area> named, AreaLevel? officeLevel, CityModel city)
    {
        var common = city.Areas.Chain(named[0].Id).First(area => named.All(other => city.Areas.Chain(other.Id).Contains(area)));
        var names = string.Join(" and ", named.Select(area => area.Name.En));
        return officeLevel is { } level && common.Level < level
            ? new(common.Id, $"The words name several places: {names}.", $"words name {common.Id}")
            : new(common.Id, null, $"words name {names}");
    }
}
