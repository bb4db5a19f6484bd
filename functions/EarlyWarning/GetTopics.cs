using System.Globalization;
using CityBrain.EarlyWarning.Topics;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.EarlyWarning;

/// <summary>
/// <c>GET /api/topics?limit=</c>: what people write of most, the hottest first, with the parts of the hot index; <c>GET /api/topics/{id}</c>: one topic
/// with its cases, redacted. Each caller sees those of its part of the city.
/// </summary>
public sealed class GetTopics(WarningAccess access, HotTopics hot, TopicBoard board, WarnedCases cases)
{
    private const int DefaultLimit = 20;
    private const int MostListed = 200;

    /// <summary>Answers the list.</summary>
    [Function("ListTopics")]
    public async Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = "topics")] HttpRequest request, CancellationToken cancellationToken)
    {
        var (caller, problem) = access.Staff(request);
        var (limit, limitProblem) = RequestQuery.NumberOf(request, "limit", DefaultLimit, 1, MostListed);
        return problem ?? limitProblem ?? TypedResults.Json(new { topics = await hot.ListAsync(caller!, limit!.Value, cancellationToken) }, CityJson.Options);
    }

    /// <summary>Answers one topic.</summary>
    [Function("GetTopic")]
    public async Task<IResult> GetAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = "topics/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var (caller, problem) = access.Staff(request);
        if (problem is not null)
        {
            return problem;
        }

        if (!int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || await board.FindAsync(number, cancellationToken) is not { } topic || !access.MaySee(caller!, topic.Categories, [.. topic.Areas.Keys]))
        {
            return Problem.NotFound("There is no such topic in your part of the city.");
        }

        var shown = await cases.ListAsync(caller!, topic.Cases, cancellationToken);
        return TypedResults.Json(new { topic = topic with { Cases = [] }, cases = shown }, CityJson.Options);
    }
}
