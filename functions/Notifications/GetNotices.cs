using CityBrain.City;
using CityBrain.Resources;
using CityBrain.Sharing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Notifications;

/// <summary>
/// <c>GET /api/notices?channel=&amp;lang=&amp;take=</c>: the newest notices of a channel, at most two weeks old, as a page of cards for a browser and as
/// JSON for anybody else. Without a channel, the caller's own.
/// </summary>
public sealed class GetNotices(NoticeStore store, NoticePage page, NoticeCards cards, Callers callers, CityModel city)
{
    private const int DefaultTake = 30;
    private const int MostTake = 200;

    /// <summary>Answers the request.</summary>
    [Function(nameof(GetNotices))]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = "notices")] HttpRequest request, CancellationToken cancellationToken)
    {
        if (callers.Of(request) is not { } caller)
        {
            return Problem.Forbidden("This key belongs to no caller; add it under Callers in the settings.");
        }

        var channel = request.Query["channel"].ToString() is { Length: > 0 } named ? named : NoticeChannels.DefaultOf(caller, city);
        if (!NoticeChannels.Exists(channel, city) || !NoticeChannels.MayRead(caller, channel, city))
        {
            return Problem.NotFound("There is no such channel in your part of the city.");
        }

        var (take, takeProblem) = RequestQuery.NumberOf(request, "take", DefaultTake, 1, MostTake);
        if (takeProblem is not null)
        {
            return takeProblem;
        }

        var texts = Texts.For(request);
        var notices = await store.NewestAsync(channel, take!.Value, cancellationToken);
        HtmlPage.Protect(request.HttpContext.Response.Headers);
        return HtmlPage.IsWanted(request)
            ? page.Of(notices, channel, caller, request, texts)
            : TypedResults.Json(new { channel, name = cards.NameOf(channel, texts), notices = notices.Select(notice => NoticeView.Of(notice, cards, texts)) }, CityJson.Options);
    }
}
