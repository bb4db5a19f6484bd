using CityBrain.City;
using CityBrain.Sharing;
using Microsoft.AspNetCore.Http;

namespace CityBrain.Supervision;

/// <summary>Who asks, and for what: what every route of supervision reads first.</summary>
public sealed class SupervisionAccess(Callers callers, CityModel city, TimeProvider clock)
{
    /// <summary>The caller of a request, if it is staff; else the problem to answer with.</summary>
    public (Caller? Caller, IResult? Problem) Staff(HttpRequest request) => callers.AtLeast(Role.Staff, request);

    /// <summary>The caller of a request, if it is a duty officer; else the problem to answer with.</summary>
    public (Caller? Caller, IResult? Problem) Duty(HttpRequest request) => callers.AtLeast(Role.Duty, request);

    /// <summary>The month that a request names, by default the running one; null with a problem when it is not written as a month.</summary>
    public (Month? Month, IResult? Problem) MonthOf(HttpRequest request) =>
        request.Query["month"].ToString() is not { Length: > 0 } text ? (Month.Of(clock.GetUtcNow(), city.TimeZone), null)
        : Month.TryParse(text, out var month) ? (month, null)
        : (null, Problem.Invalid("INVALID_MONTH", "month: written as 2024-09."));

    /// <summary>What people call a unit of a table; null when the city has none of that id.</summary>
    public LocalizedName? NameOf(RateDimension by, string id) => by switch
    {
        RateDimension.Department => city.Departments.Find(id)?.Name,
        RateDimension.Street => city.Areas.Find(id)?.Name,
        _ => city.Catalogue.Find(id)?.Name,
    };
}
