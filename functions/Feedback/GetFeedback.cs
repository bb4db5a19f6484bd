using CityBrain.Resources;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Feedback;

/// <summary><c>GET /api/feedback/{token}</c>: the three questions, as a page or as JSON. 404 unknown, 410 expired or answered.</summary>
public sealed class GetFeedback(FeedbackDesk desk, FeedbackPage page)
{
    /// <summary>Shows the questions.</summary>
    [Function(nameof(GetFeedback))]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "feedback/{token}")] HttpRequest request, string token, CancellationToken cancellationToken)
    {
        HtmlPage.Protect(request.HttpContext.Response.Headers);
        return await desk.FindAsync(token, cancellationToken) switch
        {
            null => FeedbackAnswers.Unknown(request, page),
            { Standing: FeedbackStanding.Expired or FeedbackStanding.Answered } gone => FeedbackAnswers.Gone(gone.Standing is FeedbackStanding.Expired, request, page),
            var (current, standing) when HtmlPage.IsWanted(request) => page.Ask(current, standing, Texts.For(request)),
            var (current, standing) => TypedResults.Json(
                new { standing, reply = current.Reply?.Text, expiresAt = current.Feedback!.ExpiresAt },
                CityJson.Options),
        };
    }
}
