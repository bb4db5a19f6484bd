using CityBrain.Embedded.Functions.Hosting;
using CityBrain.Embedded.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CityBrain.Embedded.Tests.Functions;

public sealed class HostSettingsTests : IDisposable
{
    private readonly List<string> _folders = [];

    public void Dispose() => _folders.ForEach(folder => Directory.Delete(folder, recursive: true));

    [Fact]
    public void Configuration_SameKeyEverywhere_CommandLineBeatsEnvironmentBeatsFile()
    {
        var folder = NewFolder(settings: """{ "Values": { "A_4711": "file", "B_4711": "file", "C_4711": "file", "D_4711__Inner": "file", "E_4711:Inner": "file" } }""");
        Environment.SetEnvironmentVariable("B_4711", "environment");
        Environment.SetEnvironmentVariable("C_4711", "environment");
        try
        {
            var configuration = FunctionsTestHost.NewBuilder(folder, "--C_4711=command line").Configuration;
            Assert.Equal(("file", "environment", "command line"), (configuration["A_4711"], configuration["B_4711"], configuration["C_4711"]));
            Assert.Equal(("file", "file"), (configuration["D_4711:Inner"], configuration["E_4711:Inner"]));
        }
        finally
        {
            Environment.SetEnvironmentVariable("B_4711", null);
            Environment.SetEnvironmentVariable("C_4711", null);
        }
    }

    [Fact]
    public void Configuration_NoSettingsFile_UsesTheSample()
    {
        var folder = NewFolder();
        File.Delete(Path.Combine(folder, "local.settings.json"));
        File.WriteAllText(Path.Combine(folder, "local.settings.sample.json"), """{ "Values": { "A_4711": "sample" } }""");
        Assert.Equal("sample", FunctionsTestHost.NewBuilder(folder).Configuration["A_4711"]);
    }

    [Fact]
    public void Configuration_Connections_AreTheEmbeddedPlatformUnlessSet()
    {
        var folder = NewFolder(settings: """{ "Values": { "TableStorage": "UseDevelopmentStorage=true" } }""");
        var builder = FunctionsTestHost.NewBuilder(folder);
        builder.Services.AddSingleton(_ => FunctionCatalog.FromTypes());
        Assert.Equal("UseDevelopmentStorage=true", builder.Configuration["TableStorage"]);
        using var host = builder.Build();
        var platform = host.Services.GetRequiredService<EmbeddedPlatform>();
        Assert.Equal(platform.ConnectionString, builder.Configuration["AzureWebJobsStorage"]);
        Assert.Equal(platform.ConnectionString, builder.Configuration["ServiceBusConnection"]);
        Assert.Same(platform.Clock, host.Services.GetRequiredService<TimeProvider>());
    }

    [Theory]
    [InlineData("--Embedded:HttpPort=99999", "HttpPort")]
    [InlineData("--Embedded:HttpPort=many", "Embedded:HttpPort")]
    [InlineData("--Embedded:ClockSpeed=0", "ClockSpeed")]
    public void Build_WrongEmbeddedOption_NamesIt(string argument, string part)
    {
        var builder = FunctionsTestHost.NewBuilder(NewFolder(), argument);
        builder.Services.AddSingleton(_ => FunctionCatalog.FromTypes());
        Assert.Contains(part, Assert.ThrowsAny<Exception>(builder.Build).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "extensions": { "serviceBus": { "maxConcurrentCalls": 0 } } }""", "MaxConcurrentCalls")]
    [InlineData("""{ "extensions": { "serviceBus": { "sessionIdleTimeout": "soon" } } }""", "sessionIdleTimeout")]
    [InlineData("""{ "extensions": { "durableTask": { "hubName": "1" } } }""", "hubName")]
    [InlineData("""{ "extensions": """, "host.json")]
    public void CreateBuilder_WrongHostJson_SaysWhere(string hostJson, string part)
    {
        var folder = NewFolder(hostJson);
        var failure = Assert.Throws<InvalidOperationException>(() => FunctionsTestHost.NewBuilder(folder));
        Assert.Contains(part, failure.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("host.json", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CreateBuilder_HostJson_IsRead()
    {
        var builder = FunctionsTestHost.NewBuilder(NewFolder("""
            { "extensions": { "http": { "routePrefix": "city" }, "durableTask": { "hubName": "Hub1", "maxConcurrentActivityFunctions": 3 },
              "serviceBus": { "autoCompleteMessages": false, "maxMessageBatchSize": 7, "sessionIdleTimeout": "00:00:05", "maxAutoLockRenewalDuration": "00:10:00" } } }
            """));
        var options = (HostJsonOptions)builder.Services.Last(service => service.ServiceType == typeof(HostJsonOptions)).ImplementationInstance!;
        Assert.Equal(("city", "Hub1", 3), (options.Http.RoutePrefix, options.DurableTask.HubName, options.DurableTask.MaxConcurrentActivityFunctions));
        Assert.Equal((false, 7, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(10), 16),
            (options.ServiceBus.AutoCompleteMessages, options.ServiceBus.MaxMessageBatchSize, options.ServiceBus.SessionIdleTimeout, options.ServiceBus.MaxAutoLockRenewalDuration, options.ServiceBus.MaxConcurrentCalls));
    }

    [Fact]
    public async Task Start_SettingOfATriggerMissing_SaysWhichOneAndWhere()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => FunctionsTestHost.StartAsync([typeof(Scheduled)]));
        Assert.Equal("The function 'Scheduled' needs the setting 'Missing_4711', which is missing; add it to Values in local.settings.json or set it as an environment variable.", failure.Message);
    }

    [Fact]
    public void Catalog_NameUsedTwice_SaysBothPlaces()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => FunctionCatalog.FromTypes(typeof(Scheduled), typeof(ScheduledAgain)));
        Assert.Contains(nameof(ScheduledAgain), failure.Message, StringComparison.Ordinal);
        Assert.Contains("'SCHEDULED'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Catalog_MethodWithoutTriggerOrNotPublic_IsRefused()
    {
        Assert.Contains("exactly one", Assert.Throws<InvalidOperationException>(() => FunctionCatalog.FromTypes(typeof(NoTrigger))).Message, StringComparison.Ordinal);
        Assert.Contains("not public", Assert.Throws<InvalidOperationException>(() => FunctionCatalog.FromTypes(typeof(Hidden))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_SamePathTwice_IsRefusedAndTheFirstStays()
    {
        var folder = NewFolder();
        var builders = new[] { FunctionsTestHost.NewBuilder(folder), FunctionsTestHost.NewBuilder(folder) };
        Array.ForEach(builders, builder => builder.Services.AddSingleton(_ => FunctionCatalog.FromTypes()));
        using var host = builders[0].Build();
        Assert.Contains("already open", Assert.Throws<InvalidOperationException>(builders[1].Build).Message, StringComparison.Ordinal);
        Assert.Same(host.Services.GetRequiredService<EmbeddedPlatform>(), EmbeddedPlatform.Find(builders[0].Configuration["TableStorage"]!));
    }

    [Fact]
    public async Task Stop_HostDisposed_PlatformIsClosedLast()
    {
        var order = new List<string>();
        var folder = NewFolder();
        var host = await FunctionsTestHost.StartAsync([], builder =>
        {
            builder.Services.AddSingleton(provider => new Closing(provider.GetRequiredService<EmbeddedPlatform>(), order));
            builder.Services.AddHostedService<UsesClosing>();
        }, folder);
        await host.DisposeAsync();
        Assert.Equal(["stopped with an open store", "disposed with an open store"], order);
        EmbeddedPlatform.Open(new EmbeddedOptions { Path = Path.Combine(folder, "city.db") }).Dispose();
    }

    [Fact]
    public async Task Start_ProgramOfAnApp_RunsWithNothingButDefaults()
    {
        var folder = NewFolder(settings: """{ "Values": { "Missing_4711": "0 0 3 * * *" } }""");
        var builder = FunctionsApplication.CreateBuilder([$"--contentRoot={folder}", $"--Embedded:Path={folder}/city.db", "--Embedded:HttpPort=0", "--Embedded:ServiceBusPort=0"]);
        builder.ConfigureFunctionsWebApplication();
        builder.Services.AddSingleton(_ => FunctionCatalog.FromTypes(typeof(HttpFunctionTests.Answers), typeof(Scheduled)));
        using var host = builder.Build();
        var run = host.RunAsync(TestContext.Current.CancellationToken);
        var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        await Task.Delay(Timeout.InfiniteTimeSpan, lifetime.ApplicationStarted).ContinueWith(_ => { }, TestContext.Current.CancellationToken, TaskContinuationOptions.None, TaskScheduler.Default)
            .WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = host.Services.GetRequiredService<IEmbeddedAddresses>().Http };
        Assert.Equal("{\"name\":\"grid\"}", await client.GetStringAsync("/api/Action", TestContext.Current.CancellationToken));
        lifetime.StopApplication();
        await run.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    private string NewFolder(string hostJson = "{}", string settings = "{}")
    {
        _folders.Add(FunctionsTestHost.NewFolder(hostJson, settings));
        return _folders[^1];
    }

    public sealed class Scheduled
    {
        [Function("Scheduled")]
        public static void Run([TimerTrigger("%Missing_4711%")] TimerInfo timer)
        {
        }
    }

    public sealed class ScheduledAgain
    {
        [Function("SCHEDULED")]
        public static void Run([TimerTrigger("0 0 * * * *")] TimerInfo timer)
        {
        }
    }

    public sealed class NoTrigger
    {
        [Function("NoTrigger")]
        public static void Run(TimerInfo timer)
        {
        }
    }

    public sealed class Hidden
    {
        [Function("Hidden")]
        internal static void Run([TimerTrigger("0 0 * * * *")] TimerInfo timer)
        {
        }
    }

    private sealed class Closing(EmbeddedPlatform platform, List<string> order) : IDisposable
    {
        public void Note(string what)
        {
            platform.Store.WriteAsync(_ => { }).GetAwaiter().GetResult();
            order.Add($"{what} with an open store");
        }

        public void Dispose() => Note("disposed");
    }

    private sealed class UsesClosing(Closing closing) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            closing.Note("stopped");
            return Task.CompletedTask;
        }
    }
}
