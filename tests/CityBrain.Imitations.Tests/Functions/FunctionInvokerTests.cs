using System.Collections.Concurrent;
using CityBrain.Embedded.Functions.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CityBrain.Embedded.Tests.Functions;

public sealed class FunctionInvokerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task InvokeAsync_EveryKindOfParameter_IsBound()
    {
        await using var host = await StartAsync();
        var result = await InvokeAsync(host, nameof(Probes.Everything), 7, new() { ["name"] = "desk", ["count"] = "12", ["kind"] = "friday" }, new() { [typeof(Version)] = new Version(1, 2) });
        Assert.Equal("7 desk 12 Friday 1.2 service default True", result);
    }

    [Theory]
    [InlineData(nameof(Probes.Value), 3)]
    [InlineData(nameof(Probes.Later), 4)]
    [InlineData(nameof(Probes.LaterValue), 5)]
    [InlineData(nameof(Probes.Void), null)]
    [InlineData(nameof(Probes.LaterVoid), null)]
    public async Task InvokeAsync_ResultOfEachKind_IsReturned(string function, object? expected)
    {
        await using var host = await StartAsync();
        Assert.Equal(expected, await InvokeAsync(host, function, 1));
    }

    [Theory]
    [InlineData(nameof(Probes.Throws))]
    [InlineData(nameof(Probes.ThrowsLater))]
    public async Task InvokeAsync_FunctionThrows_TheExceptionItselfComesOutAndIsLoggedWithoutInputs(string function)
    {
        var log = new LogLines();
        await using var host = await StartAsync(log);
        await Assert.ThrowsAsync<NotSupportedException>(() => InvokeAsync(host, function, 4711));
        var line = Assert.Single(log.Lines, line => line.Level == LogLevel.Error);
        Assert.Contains(function, line.Text, StringComparison.Ordinal);
        Assert.Matches("invocation [0-9a-f-]{36}", line.Text);
        Assert.DoesNotContain(log.Lines, line => line.Text.Contains("4711", StringComparison.Ordinal));
    }

    [Fact]
    public async Task InvokeAsync_ParameterNobodyGives_SaysWhich()
    {
        await using var host = await StartAsync();
        var failure = await Assert.ThrowsAsync<FunctionInputConverterException>(() => InvokeAsync(host, nameof(Probes.Unknown), 1));
        Assert.Contains("'stream'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InvokeAsync_InstanceFunction_IsMadeForEachInvocationAndDisposed()
    {
        await using var host = await StartAsync();
        var first = (Counter)(await InvokeAsync(host, nameof(Counter), 1))!;
        var second = (Counter)(await InvokeAsync(host, nameof(Counter), 1))!;
        Assert.NotSame(first, second);
        Assert.Equal((1, 1), (first.Disposed, second.Disposed));
    }

    [Fact]
    public async Task InvokeAsync_CallerCancels_TheFunctionIsCancelled()
    {
        await using var host = await StartAsync();
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var run = InvokeAsync(host, nameof(Probes.Waits), 1, cancellationToken: caller.Token);
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(TimeSpan.FromSeconds(20), Cancellation));
    }

    [Fact]
    public async Task InvokeAsync_HostHasStopped_IsRefused()
    {
        await using var host = await StartAsync();
        await host.Host.StopAsync(Cancellation);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => InvokeAsync(host, nameof(Probes.Value), 1));
    }

    [Fact]
    public async Task Host_Listeners_StartInOrderAndStopInReverseBeforeInvocationsAreCancelled()
    {
        var order = new ConcurrentQueue<string>();
        await using (await FunctionsTestHost.StartAsync([typeof(Probes)], builder =>
        {
            builder.Services.AddSingleton<ITriggerListener>(provider => new Listener("a", order, provider.GetRequiredService<IFunctionInvoker>(), provider.GetRequiredService<FunctionCatalog>()));
            builder.Services.AddSingleton<ITriggerListener>(provider => new Listener("b", order, provider.GetRequiredService<IFunctionInvoker>(), provider.GetRequiredService<FunctionCatalog>()));
        }))
        {
        }

        Assert.Equal(["a starts", "b starts", "b stops", "a stops"], order.Take(4));
        Assert.Equal(["a's run cancelled", "b's run cancelled"], order.Skip(4).Order(StringComparer.Ordinal));
    }

    private static Task<FunctionsTestHost> StartAsync(ILoggerProvider? log = null) => FunctionsTestHost.StartAsync([typeof(Probes), typeof(Counter)], builder =>
    {
        builder.Services.AddSingleton("service".ToCharArray());
        if (log is not null)
        {
            builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log);
        }
    });

    private static Task<object?> InvokeAsync(
        FunctionsTestHost host, string function, int trigger, Dictionary<string, object?>? byName = null, Dictionary<Type, object>? byType = null, CancellationToken? cancellationToken = null) =>
        host.Host.Services.GetRequiredService<IFunctionInvoker>().InvokeAsync(
            new FunctionInvocation(host.Host.Services.GetRequiredService<FunctionCatalog>().Find(function)!, trigger) { BindingsByName = byName ?? [], BindingsByType = byType ?? [] },
            cancellationToken ?? Cancellation);

    [AttributeUsage(AttributeTargets.Parameter)]
    public sealed class ProbeTriggerAttribute : TriggerBindingAttribute;

    public sealed class Probes
    {
        [Function(nameof(Everything))]
        public static string Everything(
            [ProbeTrigger] int trigger, string name, int? count, DayOfWeek kind, Version version, char[] service, FunctionContext context, CancellationToken cancellationToken, string other = "default") =>
            $"{trigger} {name} {count} {kind} {version} {new string(service)} {other} {context.CancellationToken == cancellationToken}";

        [Function(nameof(Value))]
        public static int Value([ProbeTrigger] int trigger) => trigger + 2;

        [Function(nameof(Later))]
        public static async Task<int> Later([ProbeTrigger] int trigger)
        {
            await Task.Yield();
            return trigger + 3;
        }

        [Function(nameof(LaterValue))]
        public static ValueTask<int> LaterValue([ProbeTrigger] int trigger) => new(trigger + 4);

        [Function(nameof(Void))]
        public static void Void([ProbeTrigger] int trigger)
        {
        }

        [Function(nameof(LaterVoid))]
        public static async Task LaterVoid([ProbeTrigger] int trigger) => await Task.Yield();

        [Function(nameof(Throws))]
        public static void Throws([ProbeTrigger] int trigger) => throw new NotSupportedException();

        [Function(nameof(ThrowsLater))]
        public static async Task ThrowsLater([ProbeTrigger] int trigger)
        {
            await Task.Yield();
            throw new NotSupportedException();
        }

        [Function(nameof(Unknown))]
        public static void Unknown([ProbeTrigger] int trigger, Stream stream)
        {
        }

        [Function(nameof(Waits))]
        public static Task Waits([ProbeTrigger] int trigger, CancellationToken cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);
    }

    public sealed class Counter : IDisposable
    {
        public int Disposed { get; private set; }

        [Function(nameof(Counter))]
        public Counter Get([ProbeTrigger] int trigger) => this;

        public void Dispose() => Disposed++;
    }

    private sealed class Listener(string name, ConcurrentQueue<string> order, IFunctionInvoker invoker, FunctionCatalog catalog) : ITriggerListener
    {
        private Task _run = Task.CompletedTask;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            order.Enqueue($"{name} starts");
            _run = RunAsync();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            order.Enqueue($"{name} stops");
            return _run;
        }

        private async Task RunAsync()
        {
            try
            {
                await invoker.InvokeAsync(new FunctionInvocation(catalog.Find(nameof(Probes.Waits))!, 1), CancellationToken.None);
            }
            catch (OperationCanceledException)
            {
                order.Enqueue($"{name}'s run cancelled");
            }
        }
    }

    private sealed class LogLines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<(LogLevel Level, string Text)> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue((logLevel, formatter(state, exception)));

        public void Dispose()
        {
        }
    }
}
