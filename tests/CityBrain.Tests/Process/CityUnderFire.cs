using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using CityBrain.Cases;
using CityBrain.Intake;
using CityBrain.Rehearsal.Stage;

namespace CityBrain.Tests.Process;

/// <summary>
/// Hotlines and departments that go on while the city under them is killed: whoever gets no answer, or 503, asks again, as a hotline does. What was answered counts.
/// </summary>
internal sealed class CityUnderFire(string folder, CancellationToken stop) : IAsyncDisposable
{
    public const string RootKey = "cm9vdC1rZXktb2YtdGhlLXRlc3Q=";

    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(100);

    private readonly int _httpPort = FreePort.Any();
    private readonly int _amqpPort = FreePort.Any();
    private readonly CancellationTokenSource _enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
    private Task[] _callers = [];

    /// <summary>The case of each appeal that was accepted.</summary>
    public ConcurrentDictionary<string, string> Accepted { get; } = new();

    /// <summary>Cases whose department was told that it has signed.</summary>
    public ConcurrentBag<string> Signed { get; } = [];

    public AppProcess App { get; private set; } = null!;

    public string ServiceBus => $"Endpoint=sb://127.0.0.1:{_amqpPort};SharedAccessKeyName=test;SharedAccessKey={RootKey};UseDevelopmentEmulator=true";

    /// <summary>Starts host and app, the first time or again, where they were.</summary>
    public async Task StartAsync() => App = await AppProcess.StartAsync(
        folder,
        stop,
        $"--Embedded:HttpPort={_httpPort}",
        $"--Embedded:AmqpPort={_amqpPort}",
        $"--Embedded:SharedAccessKeys:test:Key={RootKey}",
        "--Embedded:SharedAccessKeys:test:Queues=*",
        "--Embedded:SharedAccessKeys:test:Rights=Manage");

    /// <summary>Lets so many callers begin.</summary>
    public void Begin(int callers) => _callers = [.. Enumerable.Range(0, callers).Select(caller => Task.Run(() => CallAsync($"{caller}-"), stop))];

    /// <summary>Lets the callers finish what they have begun.</summary>
    public async Task EndAsync()
    {
        await _enough.CancelAsync();
        await Task.WhenAll(_callers);
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        _enough.Dispose();
    }

    private async Task CallAsync(string prefix)
    {
        for (var i = 0; !_enough.IsCancellationRequested; i++)
        {
            var appeal = KilledUnderLoadTests.Appeal(prefix + i);
            using var filed = await AskAsync("/api/appeals", AppProcess.IntakeKey, appeal, status => status is HttpStatusCode.Created or HttpStatusCode.OK);
            var caseId = (await filed.Content.ReadFromJsonAsync<AppealResponse>(CityJson.Options, stop))!.CaseId;
            Accepted[appeal.SourceId!] = caseId;

            // Refused while it is not dispatched yet; and when an earlier request, whose answer was lost, has signed already.
            using var signed = await AskAsync($"/api/cases/{caseId}/accept", AppProcess.StaffKey, null, status => status is HttpStatusCode.OK or HttpStatusCode.Conflict, async answer =>
                answer.StatusCode is HttpStatusCode.OK || (await answer.Content.ReadAsStringAsync(stop)).Contains("\"arrive\"", StringComparison.Ordinal));
            Signed.Add(caseId);
        }
    }

    private async Task<HttpResponseMessage> AskAsync(string path, string key, object? body, Func<HttpStatusCode, bool> expected, Func<HttpResponseMessage, Task<bool>>? isDone = null)
    {
        while (true)
        {
            try
            {
                var answer = await App.PostAsync(path, key, body, stop);
                Assert.True(expected(answer.StatusCode) || answer.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.InternalServerError, $"{path}: {(int)answer.StatusCode}");
                if (expected(answer.StatusCode) && (isDone is null || await isDone(answer)))
                {
                    return answer;
                }

                answer.Dispose();
            }
            catch (Exception died) when (died is HttpRequestException or IOException or ObjectDisposedException || (died is TaskCanceledException && !stop.IsCancellationRequested))
            {
                // No answer: the city was killed in the middle.
            }

            await Task.Delay(Again, stop);
        }
    }
}
