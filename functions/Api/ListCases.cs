using System.Globalization;
using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Feedback;
using CityBrain.Sharing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Api;

/// <summary>
/// <c>GET /api/cases?status=&amp;area=&amp;department=&amp;overdue=&amp;ended=&amp;limit=&amp;cursor=</c>: a page of cases, newest first (overdue: longest
/// overdue first). At least one of status, area, department and overdue is needed; a caller of one department or area has its own by default.
/// </summary>
public sealed class ListCases(Callers callers, CaseQuery query, CityModel city, FeedbackTokens tokens)
{
    private const int DefaultLimit = 50;
    private const int MostLimit = 200;

    /// <summary>Answers the request.</summary>
    [Function(nameof(ListCases))]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = "cases")] HttpRequest request, CancellationToken cancellationToken)
    {
        var (caller, problem) = callers.AtLeast(Role.Party, request);
        if (caller is null)
        {
            return problem!;
        }

        var faults = new List<string>();
        var filter = Parse(request.Query, faults);
        filter = filter with { Department = filter.Department ?? caller.Department, AreaId = filter.AreaId ?? ListableAround(caller.AreaId) };
        if (filter is { Status: null, AreaId: null, Department: null, Overdue: false })
        {
            faults.Add("Give at least one of status, area, department and overdue=true.");
        }

        if (faults.Count > 0)
        {
            return Problem.Invalid("INVALID_QUERY", "The list cannot be made; mend what errors names.", faults);
        }

        try
        {
            var page = await query.ListAsync(filter, summary => caller.MaySee(summary, city.Areas), cancellationToken);
            return TypedResults.Json(new { cases = page.Cases.Select(found => CaseViews.For(found, caller, city, tokens)), page.Cursor }, CityJson.Options);
        }
        catch (FormatException)
        {
            return Problem.Invalid("INVALID_CURSOR", "The cursor was not made by this list; start again without one.");
        }
    }

    private string? ListableArea(string? areaId) =>
        areaId is not null && city.Areas.Find(areaId) is { Level: AreaLevel.District or AreaLevel.Street } area ? area.Id : null;

    /// <summary>The area of a caller, or the street that holds it: cases are listed by street and district, and what is not the caller's is left out.</summary>
    private string? ListableAround(string? areaId) => areaId is not null && city.Areas.Find(areaId) is { Level: > AreaLevel.Street }
        ? city.Areas.AtLevel(areaId, AreaLevel.Street).Id
        : ListableArea(areaId);

    private CaseFilter Parse(IQueryCollection query, List<string> faults)
    {
        string? Text(string name) => query[name].ToString() is { Length: > 0 } text ? text : null;
        bool Flag(string name)
        {
            if (Text(name) is not { } text)
            {
                return false;
            }

            if (!bool.TryParse(text, out var flag))
            {
                faults.Add($"{name}: true or false.");
            }

            return flag;
        }

        CaseState? status = null;
        if (Text("status") is { } state)
        {
            if (EnumNames.TryParse<CaseState>(state, out var parsed))
            {
                status = parsed;
            }
            else
            {
                faults.Add("status: one of " + string.Join(", ", Enum.GetNames<CaseState>()) + ".");
            }
        }

        var limit = DefaultLimit;
        if (Text("limit") is { } number && (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MostLimit))
        {
            faults.Add($"limit: 1 to {MostLimit}.");
        }

        var area = Text("area");
        if (area is not null && ListableArea(area) is null)
        {
            faults.Add("area: the id of a street- or district-level area.");
        }

        return new CaseFilter(status, area, Text("department"), Flag("overdue"), Flag("ended"), limit, Text("cursor"));
    }
}
