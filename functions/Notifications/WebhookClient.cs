using System.Net.Http.Headers;
using Polly;
using Polly.Retry;

namespace CityBrain.Notifications;

/// <summary>
/// Posts to a webhook. A busy or failing receiver is tried again a few times, no sooner than its <c>Retry-After</c> says; then it is the
/// queue's turn. The address is a credential and appears in no log and no exception.
/// </summary>
public sealed class WebhookClient
{
    private const int Retries = 3;

    /// <summary>Longest wait between two tries: the session stays locked meanwhile.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly HttpClient _http;
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;

    /// <param name="http">Sends the requests.</param>
    /// <param name="time">Real time, for the waits between tries.</param>
    public WebhookClient(HttpClient http, TimeProvider time)
    {
        _http = http;
        _pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                ShouldHandle = new PredicateBuilder<HttpResponseMessage>().Handle<HttpRequestException>().HandleResult(response => IsBusy((int)response.StatusCode)),
                MaxRetryAttempts = Retries,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromSeconds(1),
                MaxDelay = LongestWait,
                UseJitter = true,
                DelayGenerator = attempt => ValueTask.FromResult(RetryAfter(attempt.Outcome.Result?.Headers.RetryAfter, time)),
                OnRetry = attempt =>
                {
                    attempt.Outcome.Result?.Dispose();
                    return default;
                },
            })
            .Build();
    }

    /// <summary>Posts a payload. Null when it was taken; else the status with which it was refused for good.</summary>
    /// <param name="webhook">Where to.</param>
    /// <param name="payload">JSON in UTF-8.</param>
    /// <param name="headers">Further headers, such as a key.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="WebhookBusyException">Still busy or failing after the tries; post again later.</exception>
    public async Task<int?> PostAsync(Uri webhook, ReadOnlyMemory<byte> payload, IReadOnlyDictionary<string, string>? headers = null, CancellationToken cancellationToken = default)
    {
        try
        {
            using var response = await _pipeline.ExecuteAsync(async token => await SendAsync(webhook, payload, headers, token), cancellationToken);
            var status = (int)response.StatusCode;
            return IsBusy(status) ? throw new WebhookBusyException($"The webhook answered {status}.")
                : response.IsSuccessStatusCode ? null
                : status;
        }
        catch (HttpRequestException failure)
        {
            throw new WebhookBusyException($"The webhook cannot be reached: {failure.HttpRequestError}.");
        }
        catch (TaskCanceledException late) when (late.InnerException is TimeoutException)
        {
            throw new WebhookBusyException("The webhook does not answer.");
        }
    }

    private async Task<HttpResponseMessage> SendAsync(Uri webhook, ReadOnlyMemory<byte> payload, IReadOnlyDictionary<string, string>? headers, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook) { Content = Content(payload) };
        foreach (var (name, value) in headers ?? new Dictionary<string, string>())
        {
            request.Headers.Add(name, value);
        }

        return await _http.SendAsync(request, cancellationToken);
    }

    private static bool IsBusy(int status) => status is 408 or 429 or >= 500;

    private static ByteArrayContent Content(ReadOnlyMemory<byte> payload) =>
        new(payload.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" } } };

    private static TimeSpan? RetryAfter(RetryConditionHeaderValue? header, TimeProvider time)
    {
        var wait = header?.Delta ?? (header?.Date - time.GetUtcNow());
        return wait is not { } known ? null : known < TimeSpan.Zero ? TimeSpan.Zero : known > LongestWait ? LongestWait : known;
    }
}

/// <summary>A webhook that takes nothing at the moment.</summary>
public sealed class WebhookBusyException(string message) : Exception(message);
