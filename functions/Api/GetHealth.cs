using System.Diagnostics;
using CityBrain.Cases;
using CityBrain.City;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CityBrain.Api;

/// <summary><c>GET /api/health</c>: whether the city's dependencies answer, and how much waits in the outbox. 200 or 503.</summary>
public sealed class GetHealth(SweepOutbox outbox, CityModel city, TimeProvider clock)
{
    /// <summary>Answers the request.</summary>
    [Function(nameof(GetHealth))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequest request,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellationToken)
    {
        int? waiting = null;
        var checks = await Task.WhenAll(
            CheckAsync("tables", async () => waiting = await outbox.CountAsync(cancellationToken)),
            CheckAsync("durable", async () => await durable.GetInstanceAsync("health", cancellation: cancellationToken)));
        var healthy = checks.All(check => check.Ok);
        return TypedResults.Json(
            new { status = healthy ? "healthy" : "unhealthy", city = city.Id, cityTime = clock.GetUtcNow(), outboxWaiting = waiting, checks },
            CityJson.Options,
            statusCode: healthy ? 200 : 503);
    }

    private static async Task<Check> CheckAsync(string name, Func<Task> probe)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            await probe();
            return new Check(name, true, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return new Check(name, false, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
    }

    /// <summary>One dependency.</summary>
    private sealed record Check(string Name, bool Ok, double Milliseconds);
}
