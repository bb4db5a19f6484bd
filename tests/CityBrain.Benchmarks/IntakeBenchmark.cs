using System.Net.Http.Json;
using CityBrain.Intake;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CityBrain.Benchmarks;

/// <summary>
/// Appeals a second from HTTP to disk, against a bare Kestrel endpoint that reads the same body and inserts it as one row: in a transaction of
/// its own, and with the group commit of the embedded host. Then latencies at a steady 20 a second, and a flood of 100 a second in which
/// nothing may be lost.
/// </summary>
internal static class IntakeBenchmark
{
    private const int SteadySeconds = 15;
    private const int FloodSeconds = 60;

    public static async Task<int> RunAsync(BenchmarkOptions options)
    {
        var (count, concurrency) = (options.Count ?? 5000, options.Concurrency ?? 64);
        using var bare = new BareWrites();
        await using var plain = await PlainServerAsync(bare);
        await using var app = await BenchmarkApp.StartAsync();
        using var toPlain = new HttpClient { BaseAddress = new Uri(plain.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
        using var toApp = new HttpClient { BaseAddress = app.Address };
        toApp.DefaultRequestHeaders.Add("x-functions-key", "demo-intake-key");

        var (baseline, grouped, candidate) = (new List<double>(), new List<double>(), new List<double>());
        var sent = 0;
        for (var round = 0; round < options.Rounds; round++)
        {
            var prefix = $"round{round}-";
            var bareRate = await Measure.RateAsync(count, concurrency, item => PostAsync(toPlain, "/rows", prefix + item));
            var groupedRate = await Measure.RateAsync(count, concurrency, item => PostAsync(toPlain, "/rows/grouped", prefix + item));
            var rate = await Measure.RateAsync(count, concurrency, item => PostAsync(toApp, "/api/appeals", prefix + item));
            sent += count;
            if (round > 0 || options.Rounds == 1)
            {
                baseline.Add(bareRate);
                grouped.Add(groupedRate);
                candidate.Add(rate);
            }

            await Backlog.DrainedAsync(app, sent);
        }

        var steady = await Measure.LatenciesAsync(20, SteadySeconds, item => PostAsync(toApp, "/api/appeals", "steady-" + item));
        var flood = await Measure.LatenciesAsync(100, FloodSeconds, item => PostAsync(toApp, "/api/appeals", "flood-" + item));
        sent += steady.Length + flood.Length;
        var cases = await Backlog.DrainedAsync(app, sent);

        var report = new Report("intake");
        report.AddRate("appeals accepted", "1/s", candidate);
        report.AddRate("baseline: bare endpoint, one row", "1/s", baseline);
        report.Add("ratio", "of the baseline", report["appeals accepted"] / report["baseline: bare endpoint, one row"]);
        report.AddRate("the same with group commit", "1/s", grouped);
        report.Add("ratio to that", "of it", report["appeals accepted"] / report["the same with group commit"]);
        report.Add("p50 at 20/s", "ms", steady[steady.Length / 2]);
        report.Add("p99 at 20/s", "ms", steady[(int)(steady.Length * 0.99)]);
        report.Add("p99 at 100/s", "ms", flood[(int)(flood.Length * 0.99)]);
        report.Add("lost", "appeals", sent - cases);
        report.Add("peak memory", "MiB", BenchmarkApp.PeakMemoryMiB);
        report.Print(options.Json);
        return sent == cases ? 0 : 1;
    }

    private static async Task PostAsync(HttpClient client, string path, string sourceId)
    {
        var appeal = SampleAppeals.Of(sourceId);
        using var response = await client.PostAsJsonAsync(path, appeal, CityJson.Options);
        response.EnsureSuccessStatusCode();
    }

    private static async Task<WebApplication> PlainServerAsync(BareWrites bare)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var plain = builder.Build();
        plain.MapPost("/rows", (HttpRequest request) => InsertAsync(request, bare.WriteAloneAsync));
        plain.MapPost("/rows/grouped", (HttpRequest request) => InsertAsync(request, bare.WriteAsync));
        await plain.StartAsync();
        return plain;
    }

    private static async Task<IResult> InsertAsync(HttpRequest request, Func<string, Task> write)
    {
        using var reader = new StreamReader(request.Body);
        await write(await reader.ReadToEndAsync());
        return Results.StatusCode(201);
    }
}
