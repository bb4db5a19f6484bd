using System.Text;
using System.Text.Json;
using CityBrain.Burden;
using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Dispatch;
using CityBrain.Feedback;
using CityBrain.Sharing;
using CityBrain.Supervision;
using CityBrain.Triage;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CityBrain.Tests.Supervision;

/// <summary>Supervision over a store, with three duty officers and staff of a department and of a street; called as the host calls it.</summary>
internal sealed class SupervisionHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private SupervisionHost(TestStore store, SupervisionOptions options)
    {
        Store = store;
        var callers = new Dictionary<string, CallerOptions>
        {
            ["intake"] = new() { Key = "intake" },
            ["sanitation"] = new() { Key = "sanitation", Role = Role.Staff, Department = "sanitation" },
            ["parks"] = new() { Key = "parks", Role = Role.Staff, Department = "parks" },
            ["west"] = new() { Key = "west", Role = Role.Staff, Area = "s-west" },
        };
        foreach (var duty in new[] { "duty", "duty2", "duty3" })
        {
            callers[duty] = new() { Key = duty, Role = Role.Duty };
        }

        _services = new ServiceCollection().AddLogging().AddSupervision().AddBurden()
            .AddSingleton(store.Tables).AddSingleton(store.Cases).AddSingleton(store.Lists).AddSingleton(SmallTown.City).AddSingleton<TimeProvider>(store.Clock)
            .AddSingleton(new Callers(Options.Create(callers)))
            .AddSingleton(Options.Create(options)).AddSingleton<ISupervisionNotices>(Notices)
            .BuildServiceProvider();
    }

    public TestStore Store { get; }

    public RecordingNotices Notices { get; } = new();

    public static async Task<SupervisionHost> OpenAsync(SupervisionOptions? options = null)
    {
        var handler = new LateHandler();
        var host = new SupervisionHost(await TestStore.OpenAsync(handler), options ?? new() { MinimumAnswers = 1 });
        handler.Then = host.Get<FactWriter>();
        return host;
    }

    /// <summary>A service or a function.</summary>
    public T Get<T>()
        where T : class =>
        _services.GetServices<IOutboxHandler>().OfType<T>().FirstOrDefault() ?? ActivatorUtilities.GetServiceOrCreateInstance<T>(_services);

    /// <summary>A case that lived up to its callback at the clock's time: solved, unsolved, or unanswered when there is no answer.</summary>
    public async Task<string> CalledBackAsync(string sourceId, AnswerFeedback? answer, string department = "sanitation", string area = "g-west-1")
    {
        var triage = Lives.Rubbish with { LeadDepartment = department, AreaId = area };
        return await LiveAsync(
            sourceId,
            new CompleteTriage(triage), new DispatchTo(department), new Accept(), new Arrive(), new Reply("The rubbish was taken away this morning."), new PassReply(TimeSpan.FromDays(14)),
            answer is null ? new CloseUnanswered() : answer);
    }

    /// <summary>A case that lived so, with its outbox delivered.</summary>
    public async Task<string> LiveAsync(string sourceId, params CaseCommand[] commands)
    {
        var (filed, _) = await Store.Cases.FileAsync(SmallTown.Draft(sourceId), new Actor("officer", ActorKind.Staff), Store.Durable.Client, Stop);
        await GiveAsync(filed.Id, commands);
        return filed.Id;
    }

    /// <summary>Gives commands to a case and delivers its outbox.</summary>
    public async Task GiveAsync(string caseId, params CaseCommand[] commands)
    {
        foreach (var command in commands)
        {
            Assert.IsType<ChangeResult.Changed>(await Store.Cases.ChangeAsync(caseId, command, new Actor("officer", ActorKind.Staff), Store.Durable.Client, cancellationToken: Stop));
        }

        await Store.SweepAsync();
    }

    /// <summary>Calls a function; the answer's status and JSON.</summary>
    public async Task<(int Status, JsonElement Answer)> CallAsync<T>(string key, Func<T, HttpRequest, Task<IResult>> call, string query = "", object? body = null)
        where T : class
    {
        var http = new DefaultHttpContext { RequestServices = _services };
        http.Request.Headers["x-functions-key"] = key;
        http.Request.QueryString = new QueryString(query);
        http.Request.Body = new MemoryStream(body is null ? [] : Encoding.UTF8.GetBytes(CityJson.Write(body)));
        var written = new MemoryStream();
        http.Response.Body = written;
        await (await call(Get<T>(), http.Request)).ExecuteAsync(http);
        return (http.Response.StatusCode, written.Length == 0 ? default : JsonDocument.Parse(written.ToArray()).RootElement);
    }

    public ValueTask DisposeAsync()
    {
        _services.Dispose();
        return Store.DisposeAsync();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private sealed class LateHandler : IOutboxHandler
    {
        public FactWriter? Then { get; set; }

        public Task HandleAsync(OutboxEntry entry, DurableTaskClient durable, CancellationToken cancellationToken) => Then!.HandleAsync(entry, durable, cancellationToken);
    }
}
