using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace CityBrain.Embedded.Hosting;

/// <summary>What the host itself answers when the app cannot: <c>application/problem+json</c> with a stable code.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">Stable code, in kebab case.</param>
/// <param name="Title">What is wrong, and what to do.</param>
internal sealed record Problem(int Status, string Code, string Title)
{
    public static readonly Problem Starting = new(StatusCodes.Status503ServiceUnavailable, "starting", "The app is starting, or starting again. Try again in a moment.");
    public static readonly Problem NotFound = new(StatusCodes.Status404NotFound, "not-found", "No function answers at this address.");
    public static readonly Problem Unauthorized = new(StatusCodes.Status401Unauthorized, "unauthorized", "The key is missing or wrong. Send a function key in the header x-functions-key.");
    public static readonly Problem Internal = new(StatusCodes.Status500InternalServerError, "internal-error", "An internal error happened; the log has it.");
    public static readonly Problem TooLarge = new(StatusCodes.Status413PayloadTooLarge, "too-large", "The body is larger than this host takes.");
    public static readonly Problem TooSlow = new(StatusCodes.Status408RequestTimeout, "request-timeout", "The body came too slowly, or not to its end.");
    public static readonly Problem BadBody = new(StatusCodes.Status400BadRequest, "bad-request", "The body could not be read to its end.");

    /// <summary>Answers with it; a response that has begun is broken off instead, so that nobody takes it for whole.</summary>
    public async Task AnswerAsync(HttpContext http)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }

        http.Response.Clear();
        http.Response.StatusCode = Status;
        http.Response.ContentType = "application/problem+json";
        if (Status == StatusCodes.Status503ServiceUnavailable)
        {
            http.Response.Headers.RetryAfter = "1";
        }

        await JsonSerializer.SerializeAsync(http.Response.Body, new { title = Title, status = Status, code = Code }, cancellationToken: CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>The problem of a body that could not be read.</summary>
    public static Problem OfBody(Exception? failure) => Within(failure)?.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => TooLarge,
        StatusCodes.Status408RequestTimeout => TooSlow,
        _ => BadBody,
    };

    private static BadHttpRequestException? Within(Exception? failure) => failure switch
    {
        null => null,
        BadHttpRequestException bad => bad,
        AggregateException several => several.InnerExceptions.Select(Within).FirstOrDefault(found => found is not null),
        _ => Within(failure.InnerException),
    };
}
