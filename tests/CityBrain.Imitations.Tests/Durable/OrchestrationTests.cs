using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace CityBrain.Embedded.Tests.Durable;

public sealed class OrchestrationTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Activities_InSequence_PassResultsOn(bool alwaysReplay)
    {
        using var host = new DurableHost(alwaysReplay: alwaysReplay).Orchestrator("Sum", async context =>
        {
            var sum = 0;
            for (var i = 1; i <= context.GetInput<int>(); i++)
            {
                sum = await context.CallActivityAsync<int>("Add", new[] { sum, i });
            }

            return sum;
        }).Activity<int[], int>("Add", terms => terms.Sum()).Start();

        var ended = await host.Run("Sum", 10);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        Assert.Equal(55, ended.ReadOutputAs<int>());
        Assert.Equal(10, ended.ReadInputAs<int>());
        Assert.Equal(0, host.CountRows("durable_task"));
        Assert.Equal(0, host.CountRows("durable_inbox"));
    }

    [Fact]
    public async Task Activities_FannedOut_AllReturn()
    {
        using var host = new DurableHost(alwaysReplay: true)
            .Orchestrator("Fan", async context => (await Task.WhenAll(Enumerable.Range(0, 50).Select(i => context.CallActivityAsync<int>("Square", i)))).Sum())
            .Activity<int, int>("Square", i => i * i)
            .Start();

        Assert.Equal(Enumerable.Range(0, 50).Sum(i => i * i), (await host.Run("Fan")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Activity_Throws_OrchestrationFailsWithDetails()
    {
        using var host = new DurableHost()
            .Orchestrator("Calls", context => context.CallActivityAsync<int>("Throws"))
            .Activity<object?, int>("Throws", new Func<object?, int>(_ => throw new FormatException("bad", new ArithmeticException("deep"))))
            .Start();

        var ended = await host.Run("Calls");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Equal(typeof(TaskFailedException).FullName, ended.FailureDetails!.ErrorType);
        Assert.Contains("Throws", ended.FailureDetails.ErrorMessage, StringComparison.Ordinal);
        Assert.True(ended.FailureDetails.InnerFailure!.IsCausedBy<FormatException>());
        Assert.Equal("bad", ended.FailureDetails.InnerFailure.ErrorMessage);
        Assert.Equal("deep", ended.FailureDetails.InnerFailure.InnerFailure!.ErrorMessage);
    }

    [Fact]
    public async Task Activity_ThrowsAndIsCaught_OrchestrationGoesOn()
    {
        using var host = new DurableHost(alwaysReplay: true)
            .Orchestrator("Catches", async context =>
            {
                try
                {
                    return await context.CallActivityAsync<string>("Throws");
                }
                catch (TaskFailedException failed) when (failed.FailureDetails.IsCausedBy<FormatException>())
                {
                    return $"{failed.TaskName} #{failed.TaskId}";
                }
            })
            .Activity<object?, string>("Throws", new Func<object?, string>(_ => throw new FormatException("bad")))
            .Start();

        Assert.Equal("Throws #0", (await host.Run("Catches")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Orchestrator_Throws_IsFailed()
    {
        using var host = new DurableHost().Orchestrator("Throws", new Func<TaskOrchestrationContext, Task<int>>(_ => throw new InvalidOperationException("no"))).Start();

        var ended = await host.Run("Throws");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.True(ended.FailureDetails!.IsCausedBy<InvalidOperationException>());
    }

    [Fact]
    public async Task Functions_ThatDoNotExist_FailWithTheirName()
    {
        using var host = new DurableHost().Orchestrator("Calls", context => context.CallActivityAsync<int>("Nobody", options: TaskOptions.FromRetryPolicy(new RetryPolicy(9, TimeSpan.FromHours(1))))).Start();

        Assert.Contains("'Missing'", (await host.Run("Missing")).FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("'Nobody'", (await host.Run("Calls")).FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_InAnotherCase_AreFound()
    {
        using var host = new DurableHost().Orchestrator("Calls", context => context.CallActivityAsync<int>("one")).Activity<object?, int>("One", _ => 1).Start();

        Assert.Equal(1, (await host.Run("CALLS")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task CustomStatus_Set_IsVisibleWhileRunning()
    {
        using var host = new DurableHost(alwaysReplay: true).Orchestrator("Status", async context =>
        {
            context.SetCustomStatus(new { Step = 1 });
            await context.WaitForExternalEvent<string>("Go");
            context.SetCustomStatus("done");
            return 0;
        }).Start();
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Status", DurableHost.Bound);
        var running = await host.Client.WaitForInstanceStartAsync(id, true, DurableHost.Bound);

        Assert.True(running.IsRunning);
        Assert.Equal("{\"Step\":1}", running.SerializedCustomStatus);
        await host.Client.RaiseEventAsync(id, "Go", "x", DurableHost.Bound);
        Assert.Equal("done", (await host.Completion(id)).ReadCustomStatusAs<string>());
    }

    [Fact]
    public async Task NewGuid_AtReplay_IsTheSameAndUnique()
    {
        using var host = new DurableHost(alwaysReplay: true).Orchestrator("Guids", async context =>
        {
            var first = context.NewGuid();
            var echoed = await context.CallActivityAsync<Guid>("Echo", first);
            return new[] { first, echoed, context.NewGuid() };
        }).Activity<Guid, Guid>("Echo", id => id).Start();

        var guids = (await host.Run("Guids")).ReadOutputAs<Guid[]>()!;

        Assert.Equal(guids[0], guids[1]);
        Assert.NotEqual(guids[0], guids[2]);
    }

    [Fact]
    public async Task CurrentUtcDateTime_AtReplay_StaysAndMovesOnWithTheTurns()
    {
        using var host = new DurableHost(alwaysReplay: true).Orchestrator("Time", async context =>
        {
            var first = context.CurrentUtcDateTime;
            var seen = await context.CallActivityAsync<DateTime>("Echo", first);
            return first == seen && context.CurrentUtcDateTime >= first && first.Kind == DateTimeKind.Utc;
        }).Activity<DateTime, DateTime>("Echo", time => time).Start();

        Assert.True((await host.Run("Time")).ReadOutputAs<bool>());
    }

    [Fact]
    public async Task Orchestrations_AThousandAtOnce_AllComplete()
    {
        using var host = new DurableHost()
            .Orchestrator("Two", async context => await context.CallActivityAsync<int>("Double", await context.CallActivityAsync<int>("Double", context.GetInput<int>())))
            .Activity<int, int>("Double", i => 2 * i)
            .Start();

        var ended = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => host.Run("Two", i)));

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => 4 * i), ended.Select(one => one.ReadOutputAs<int>()));
    }

    [Fact]
    public async Task Logger_WhileReplaying_IsSilent()
    {
        var log = new CollectingLogger();
        using var host = new DurableHost(alwaysReplay: true).Orchestrator("Logs", async context =>
        {
            var logger = context.CreateReplaySafeLogger("x");
            logger.LogInformation("first");
            await context.CallActivityAsync("One");
            context.ReplaySafeLoggerFactory.CreateLogger("x").LogInformation("second");
            await context.CallActivityAsync("One");
            logger.LogInformation("third");
            return 0;
        }).Activity<object?, int>("One", _ => 1);
        host.Engine.Loggers = log;
        host.Start();

        await host.Run("Logs");

        Assert.Equal(["first", "second", "third"], log.Lines);
    }

    private sealed class CollectingLogger : ILoggerFactory, ILogger
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
            // Nothing is held.
        }
    }

    public sealed record Sample(string Text, DayOfWeek Day, TimeSpan Span, DateTimeOffset At, System.Text.Json.JsonElement Any, IReadOnlyList<int>? Optional = null);

    [Fact]
    public async Task Values_OfManyTypes_RoundTrip()
    {
        var sample = new Sample("呼", DayOfWeek.Friday, TimeSpan.FromMinutes(90), new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(8)), System.Text.Json.JsonDocument.Parse("{\"a\":[1]}").RootElement, [1, 2]);
        using var host = new DurableHost(alwaysReplay: true)
            .Orchestrator("Echo", context => context.CallActivityAsync<Sample>("Echo", context.GetInput<Sample>()))
            .Activity<Sample, Sample>("Echo", input => input)
            .Start();

        var echoed = (await host.Run("Echo", sample)).ReadOutputAs<Sample>()!;

        Assert.Equal(sample with { Any = echoed.Any, Optional = echoed.Optional }, echoed);
        Assert.Equal("{\"a\":[1]}", echoed.Any.GetRawText());
        Assert.Equal([1, 2], echoed.Optional!);
    }

    [Fact]
    public async Task Input_InCamelCase_IsRead()
    {
        using var host = new DurableHost().Orchestrator("Read", context => Task.FromResult(context.GetInput<Sample>()!.Text)).Start();

        Assert.Equal("x", (await host.Run("Read", new { text = "x" })).ReadOutputAs<string>());
    }
}
