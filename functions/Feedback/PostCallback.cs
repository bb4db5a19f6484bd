using CityBrain.Cases;
using CityBrain.Sharing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CityBrain.Feedback;

/// <summary>
/// <c>POST /api/callbacks/{token}</c>: what came of a hotline's call 回访, as <c>{outcome, try?, contacted?, solved?, satisfied?, comment?}</c>. 200 taken,
/// also when reported twice; 400 incomplete; 404 unknown link; 409 not to be reported now; 410 expired or answered.
/// </summary>
public sealed class PostCallback(FeedbackDesk desk, FeedbackPage page, Callers callers)
{
    private const string Answered = "answered";

    /// <summary>Takes the report.</summary>
    [Function(nameof(PostCallback))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "callbacks/{token}")] HttpRequest request,
        string token,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellationToken)
    {
        // Staff are judged by these answers, so nobody but a hotline gives them.
        if (callers.Of(request) is not { Role: Role.Intake } hotline)
        {
            return Problem.Forbidden("Only a hotline may report its calls; use the key of one.");
        }

        var (report, problem) = await RequestBody.ReadAsync<CallbackReport>(request, cancellationToken);
        return problem
            ?? (report?.Outcome is not { Length: > 0 } outcome ? Unclear()
            : string.Equals(outcome, Answered, StringComparison.OrdinalIgnoreCase) ? await AnswerAsync(request, token, report, hotline, durable, cancellationToken)
            : !EnumNames.TryParse<CallResult>(outcome, out var result) ? Unclear()
            : report.Try is not { } attempt ? Problem.Invalid("INVALID_REPORT", "Give try: the number of the try that the request to call named.")
            : await ReportAsync(request, token, result, attempt, hotline, durable, cancellationToken));
    }

    private async Task<IResult> AnswerAsync(HttpRequest request, string token, CallbackReport report, Caller hotline, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        var (answer, faults) = new FeedbackForm(report.Contacted, report.Solved, report.Satisfied, report.Comment).ToAnswer();
        if (answer is null)
        {
            return Problem.Invalid("INVALID_ANSWER", "The answer was not taken; mend what errors names.", faults);
        }

        var outcome = await desk.AnswerAsync(token, answer, hotline.Actor, durable, cancellationToken);
        return outcome.Verdict switch
        {
            FeedbackVerdict.Taken => TypedResults.Json(new { status = outcome.Case!.State }, CityJson.Options),
            FeedbackVerdict.Unknown => FeedbackAnswers.Unknown(request, page),
            FeedbackVerdict.Invalid => Problem.Invalid("INVALID_ANSWER", "The answer was not taken; mend what errors names.", outcome.Problems),
            _ => FeedbackAnswers.Gone(outcome.Verdict is FeedbackVerdict.Expired, request, page),
        };
    }

    private async Task<IResult> ReportAsync(HttpRequest request, string token, CallResult result, int attempt, Caller hotline, DurableTaskClient durable, CancellationToken cancellationToken) =>
        await desk.ReportCallAsync(token, result, attempt, hotline.Actor, durable, cancellationToken) switch
        {
            null or ChangeResult.NotFound => FeedbackAnswers.Unknown(request, page),
            ChangeResult.Changed or ChangeResult.Repeated => TypedResults.Json(new { @try = attempt }, CityJson.Options),
            ChangeResult.Refused { Conflict: { } conflict } => Problem.Of(StatusCodes.Status409Conflict, conflict.Code, conflict.Detail),
            _ => FeedbackAnswers.Gone(expired: true, request, page),
        };

    private static IResult Unclear() =>
        Problem.Invalid("INVALID_REPORT", $"Give outcome: {Answered}, with the answers to the three questions; or {string.Join(", ", Enum.GetNames<CallResult>().Select(name => char.ToLowerInvariant(name[0]) + name[1..]))}.");
}

/// <summary>What a hotline says of its call.</summary>
/// <param name="Outcome"><c>answered</c>, or why there is no answer; see <see cref="CallResult"/>.</param>
/// <param name="Try">Which try it was; needed where there is no answer.</param>
/// <param name="Contacted">The reporter's word, where there is an answer.</param>
/// <param name="Solved">Likewise.</param>
/// <param name="Satisfied">Likewise.</param>
/// <param name="Comment">What else the reporter said.</param>
public sealed record CallbackReport(string? Outcome, int? Try, bool? Contacted, bool? Solved, bool? Satisfied, string? Comment);
