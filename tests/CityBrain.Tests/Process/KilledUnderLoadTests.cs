using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using CityBrain.Cases;
using CityBrain.Intake;

namespace CityBrain.Tests.Process;

public sealed class KilledUnderLoadTests : IDisposable
{
    private const int Callers = 16;
    private const int Kills = 2;
    private const int EnoughAccepted = 200;
    private const int EnoughSigned = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string _folder = Directory.CreateTempSubdirectory("citybrain-kill-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    [Trait("behaviour", "Intake: what was accepted survives a crash")]
    public async Task KillNine_UnderLoadTwice_NothingAcceptedIsLostAndTheCasesGoOn()
    {
        var stop = TestContext.Current.CancellationToken;
        var accepted = new ConcurrentDictionary<string, string>();
        var signed = new ConcurrentBag<string>();
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var app = await AppProcess.StartAsync(_folder, stop);
            var callers = Enumerable.Range(0, Callers).Select(caller => FileUntilItDiesAsync(app, $"{kill}-{caller}-", accepted, signed, stop)).ToArray();
            await Eventually.HoldsAsync(() => Task.FromResult(accepted.Count >= EnoughAccepted * (kill + 1) && signed.Count >= EnoughSigned * (kill + 1)), Patience);
            await app.KillAsync();
            await Task.WhenAll(callers);
        }

        await using var again = await AppProcess.StartAsync(_folder, stop);
        foreach (var (sourceId, caseId) in accepted)
        {
            using var repeated = await again.PostAsync("/api/appeals", AppProcess.IntakeKey, Appeal(sourceId), stop);
            Assert.Equal(HttpStatusCode.OK, repeated.StatusCode);
            Assert.Equal(caseId, (await repeated.Content.ReadFromJsonAsync<AppealResponse>(CityJson.Options, stop))!.CaseId);
        }

        await AllGoOnAsync(again, accepted.Values, stop);
        foreach (var caseId in signed)
        {
            var steps = await again.GetAsync<List<HistoryEntry>>($"/api/cases/{caseId}/history", stop);
            Assert.Single(steps!, step => step.Action is CaseAction.Accept);
            Assert.Equal(Enumerable.Range(1, steps!.Count), steps.Select(step => step.Version));
        }
    }

    private static async Task FileUntilItDiesAsync(AppProcess app, string prefix, ConcurrentDictionary<string, string> accepted, ConcurrentBag<string> signed, CancellationToken stop)
    {
        try
        {
            var unsigned = new Queue<string>();
            for (var i = 0; ; i++)
            {
                using var filed = await app.PostAsync("/api/appeals", AppProcess.IntakeKey, Appeal(prefix + i), stop);
                var caseId = (await filed.Content.ReadFromJsonAsync<AppealResponse>(CityJson.Options, stop))!.CaseId;
                Assert.Equal(HttpStatusCode.Created, filed.StatusCode);
                accepted[prefix + i] = caseId;
                unsigned.Enqueue(caseId);

                // A department signs for its oldest case, once triage has sent it there.
                using var accept = await app.PostAsync($"/api/cases/{unsigned.Peek()}/accept", AppProcess.StaffKey, null, stop);
                if (accept.StatusCode is HttpStatusCode.OK)
                {
                    signed.Add(unsigned.Dequeue());
                }
            }
        }
        catch (Exception died) when (died is HttpRequestException or IOException or System.Text.Json.JsonException && !stop.IsCancellationRequested)
        {
            // The app was killed in the middle of a request: only what it had answered counts.
        }
    }

    private static async Task AllGoOnAsync(AppProcess app, IEnumerable<string> caseIds, CancellationToken stop)
    {
        foreach (var caseId in caseIds)
        {
            await Eventually.HoldsAsync(async () => await app.GetAsync<Standing>($"/api/cases/{caseId}", stop) is { Status: CaseState.Dispatched or CaseState.Accepted }, Patience);
        }
    }

    /// <summary>Each of another person and in other words, so that none is taken for a duplicate.</summary>
    internal static AppealRequest Appeal(string sourceId)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(sourceId));
        return new("hotline", sourceId, $"Street light out: {Convert.ToHexStringLower(hash)}", Reporter: new ReporterRequest("Test Person", $"555-{BitConverter.ToUInt32(hash)}"), Location: new LocationRequest(40.69, -73.94));
    }

    private sealed record Standing(CaseState Status);
}
