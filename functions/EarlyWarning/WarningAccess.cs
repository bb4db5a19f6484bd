using CityBrain.City;
using CityBrain.EarlyWarning.Warnings;
using CityBrain.Sharing;
using Microsoft.AspNetCore.Http;

namespace CityBrain.EarlyWarning;

/// <summary>Who asks, and which topics and warnings are theirs to see: those of their part of the city, and those of the whole city for who answers for it.</summary>
public sealed class WarningAccess(Callers callers, CityModel city)
{
    /// <summary>The caller of a request, if it is staff; else the problem to answer with.</summary>
    public (Caller? Caller, IResult? Problem) Staff(HttpRequest request) => callers.AtLeast(Role.Staff, request);

    /// <summary>True when a caller may see a topic or warning.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="categories">Its matters.</param>
    /// <param name="areas">Its areas; none for the whole city.</param>
    public bool MaySee(Caller caller, IEnumerable<string> categories, IReadOnlyCollection<string> areas) => caller is { Department: null, AreaId: null }
        || categories.Select(code => city.Catalogue.Find(code)).OfType<CatalogueItem>().Any(item =>
            areas.DefaultIfEmpty(city.Areas.City.Id).Any(area => caller.MaySee(city.LeadOf(item, city.Areas.Find(area) is null ? city.Areas.City.Id : area).Id, area, city.Areas)));

    /// <summary>True when a caller may see a warning.</summary>
    public bool MaySee(Caller caller, Warning warning) => MaySee(caller, warning.Signs.SelectMany(sign => sign.Categories).Prepend(warning.CategoryCode).Distinct(StringComparer.Ordinal), warning.Areas);
}
