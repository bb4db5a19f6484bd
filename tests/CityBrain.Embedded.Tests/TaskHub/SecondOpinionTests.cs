using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace CityBrain.Embedded.Tests.TaskHub;

/// <summary>The same orchestrations on this hub, with and without extended sessions, and on the official test host.</summary>
public sealed class SecondOpinionTests(OfficialTestHost official) : IClassFixture<OfficialTestHost>
{
    private const int LongestTest = 20_000;

    [Theory(Timeout = LongestTest)]
    [MemberData(nameof(SharedOrchestrations.Cases), MemberType = typeof(SharedOrchestrations))]
    public async Task Orchestration_OnTheHub_EndsAsExpected(string name, int input, string expected)
    {
        await using var host = await HubHost.StartAsync(SharedOrchestrations.Register);

        Assert.Equal(expected, Outcome(await host.Run(name, input)));
    }

    [Theory(Timeout = LongestTest)]
    [MemberData(nameof(SharedOrchestrations.Cases), MemberType = typeof(SharedOrchestrations))]
    public async Task Orchestration_WithExtendedSessions_EndsAsExpected(string name, int input, string expected)
    {
        await using var host = await HubHost.StartAsync(SharedOrchestrations.Register, new() { ExtendedSessionsEnabled = true });

        Assert.Equal(expected, Outcome(await host.Run(name, input)));
    }

    [Theory(Timeout = LongestTest)]
    [MemberData(nameof(SharedOrchestrations.Cases), MemberType = typeof(SharedOrchestrations))]
    public async Task Orchestration_OnTheOfficialTestHost_EndsAsExpected(string name, int input, string expected)
    {
        var id = await official.Client.ScheduleNewOrchestrationInstanceAsync(name, input, TestContext.Current.CancellationToken);

        Assert.Equal(expected, Outcome(await official.Client.WaitForInstanceCompletionAsync(id, true, TestContext.Current.CancellationToken)));
    }

    private static string? Outcome(OrchestrationMetadata ended) => ended.FailureDetails?.ErrorType ?? ended.SerializedOutput;
}
