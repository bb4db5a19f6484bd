using CityBrain.Cases;
using CityBrain.Resources;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CityBrain.Feedback;

/// <summary>
/// <c>POST /api/feedback/{token}</c>: the reporter's answer, as a form or as JSON <c>{contacted, solved, satisfied, comment?}</c>. 200 taken;
/// 400 incomplete; 404 unknown link; 410 expired or already answered.
/// </summary>
public sealed class PostFeedback(FeedbackDesk desk, FeedbackPage page)
{
    /// <summary>Takes the answer.</summary>
    [Function(nameof(PostFeedback))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "feedback/{token}")] HttpRequest request,
        string token,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellationToken)
    {
        HtmlPage.Protect(request.HttpContext.Response.Headers);
        var (form, problem) = await FeedbackForm.ReadAsync(request, cancellationToken);
        if (form is null)
        {
            return problem!;
        }

        var (answer, faults) = form.ToAnswer();
        return answer is null
            ? await IncompleteAsync(request, token, faults, cancellationToken)
            : Respond(request, await desk.AnswerAsync(token, answer, Actor.Reporter, durable, cancellationToken));
    }

    private IResult Respond(HttpRequest request, FeedbackOutcome outcome) => outcome.Verdict switch
    {
        FeedbackVerdict.Unknown => FeedbackAnswers.Unknown(request, page),
        FeedbackVerdict.Expired or FeedbackVerdict.Answered => FeedbackAnswers.Gone(outcome.Verdict is FeedbackVerdict.Expired, request, page),
        FeedbackVerdict.Invalid => Problem.Invalid("INVALID_ANSWER", "The answer was not taken; mend what errors names.", outcome.Problems),
        _ when HtmlPage.IsWanted(request) => page.Say(outcome.Case!.Answer!.Solved ? "FeedbackThanks" : "FeedbackReopened", Texts.For(request), StatusCodes.Status200OK),
        _ => TypedResults.Json(new { status = outcome.Case!.State }, CityJson.Options),
    };

    /// <summary>An answer with gaps: the same questions again, if the link is still good for any.</summary>
    private async Task<IResult> IncompleteAsync(HttpRequest request, string token, IReadOnlyList<string> faults, CancellationToken cancellationToken) =>
        await desk.FindAsync(token, cancellationToken) switch
        {
            null => FeedbackAnswers.Unknown(request, page),
            { Standing: FeedbackStanding.Expired or FeedbackStanding.Answered } gone => FeedbackAnswers.Gone(gone.Standing is FeedbackStanding.Expired, request, page),
            var (current, standing) when HtmlPage.IsWanted(request) => page.Ask(current, standing, Texts.For(request), faults),
            _ => Problem.Invalid("INVALID_ANSWER", "The answer was not taken; mend what errors names.", faults),
        };
}
