using Azure.Messaging.ServiceBus;
using CityBrain.Cases;

namespace CityBrain.Tests.Process;

/// <summary>SIGKILL for the host, the app or both, twenty times at random moments under load: what was answered is there, once, and goes on.</summary>
public sealed class KilledTwentyTimesTests : IDisposable
{
    private const int Callers = 8;
    private const int Kills = 20;
    private const int Seed = 20260912;
    private const string Reply = "The street light was repaired: the lamp was replaced at 10:15 today and burns again.";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("citybrain-fire-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    [Trait("behaviour", "Intake: what was accepted survives a crash")]
    public async Task KillNine_HostAppOrBothTwentyTimes_NothingIsLostOrDoubledAndAllGoesOn()
    {
        var random = new Random(Seed);
        await using var city = new CityUnderFire(_folder, Stop);
        await city.StartAsync();
        city.Begin(Callers);
        for (var kill = 0; kill < Kills; kill++)
        {
            var enough = city.Accepted.Count + random.Next(5, 30);
            await Eventually.HoldsAsync(() => Task.FromResult(city.Accepted.Count >= enough), Patience);
            await Task.Delay(random.Next(200), Stop);
            await KillAsync(city, kill % 3);
        }

        await city.EndAsync();
        TestContext.Current.TestOutputHelper!.WriteLine($"Seed {Seed}: {city.Accepted.Count} appeals accepted, {city.Signed.Count} signed for");
        Assert.Equal(city.Accepted.Count, city.Accepted.Values.Distinct(StringComparer.Ordinal).Count());
        foreach (var caseId in city.Accepted.Values)
        {
            var steps = await city.App.GetAsync<List<HistoryEntry>>($"/api/cases/{caseId}/history", Stop);
            Assert.Single(steps!, step => step.Action is CaseAction.Accept);
            Assert.Equal(Enumerable.Range(1, steps!.Count), steps.Select(step => step.Version));
        }

        await CountersAgreeAsync(city);
        await ProceduresGoOnAsync(city);
        await NoMessageIsDeadAsync(city);
    }

    private static async Task KillAsync(CityUnderFire city, int whom)
    {
        switch (whom)
        {
            case 0:
                await city.App.KillHostAsync();
                break;
            case 1:
                city.App.KillApp();
                return;
            default:
                await city.App.KillAsync();
                break;
        }

        await city.App.DisposeAsync();
        await city.StartAsync();
    }

    private static Task CountersAgreeAsync(CityUnderFire city) => Eventually.HoldsAsync(
        async () => await city.App.GetAsync<Overview>("/api/overview", Stop) is { Figures.Appeals: var appeals } && appeals == city.Accepted.Count, Patience);

    /// <summary>Each reply is looked at by the procedure of its case, which passes it or asks a person.</summary>
    private static async Task ProceduresGoOnAsync(CityUnderFire city)
    {
        foreach (var caseId in city.Signed)
        {
            (await city.App.PostAsync($"/api/cases/{caseId}/arrive", AppProcess.StaffKey, null, Stop)).EnsureSuccessStatusCode().Dispose();
            (await city.App.PostAsync($"/api/cases/{caseId}/reply", AppProcess.StaffKey, new { text = Reply }, Stop)).EnsureSuccessStatusCode().Dispose();
        }

        foreach (var caseId in city.Signed)
        {
            await Eventually.HoldsAsync(async () => (await city.App.GetAsync<List<HistoryEntry>>($"/api/cases/{caseId}/history", Stop))![^1].Action is not CaseAction.Reply, Patience);
        }
    }

    private static async Task NoMessageIsDeadAsync(CityUnderFire city)
    {
        await using var bus = new ServiceBusClient(city.ServiceBus);
        foreach (var queue in new[] { "sensor-events", "filed-cases", "notices" })
        {
            await using var letters = bus.CreateReceiver(queue, new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });
            Assert.Null(await letters.PeekMessageAsync(cancellationToken: Stop));
        }
    }

    private sealed record Overview(Figures Figures);

    private sealed record Figures(long Appeals);
}
