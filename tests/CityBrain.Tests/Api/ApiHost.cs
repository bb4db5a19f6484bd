using System.Text;
using System.Text.Json;
using CityBrain.Api;
using CityBrain.Cases;
using CityBrain.Emergency;
using CityBrain.Feedback;
using CityBrain.Sharing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CityBrain.Tests.Api;

/// <summary>The functions of the API over a store, called as the host calls them.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    private readonly IServiceProvider _services = new ServiceCollection().AddLogging().BuildServiceProvider();

    private ApiHost(TestStore store)
    {
        Store = store;
        var callers = new Callers(Options.Create(new Dictionary<string, CallerOptions>
        {
            ["intake"] = new() { Key = "intake" },
            ["duty"] = new() { Key = "duty", Role = Role.Duty },
            ["sanitation"] = new() { Key = "sanitation", Role = Role.Staff, Department = "sanitation" },
            ["parks"] = new() { Key = "parks", Role = Role.Staff, Department = "parks" },
            ["homes"] = new() { Key = "homes", Role = Role.Party, Department = "homes" },
            ["west"] = new() { Key = "west", Role = Role.Staff, Area = "g-west-1" },
        }));
        var (access, tokens) = (new CaseAccess(store.Cases, callers, SmallTown.City), new FeedbackTokens(TestVault.Of(store.Tables)));
        Get = new GetCase(access, SmallTown.City, tokens);
        Command = new CommandCase(access, store.Cases, new EmergencyStore(store.Tables, new EmergencyPlans([]), store.Clock), store.Placing, SmallTown.City, tokens);
        List = new ListCases(callers, store.Query, SmallTown.City, tokens);
        Health = new GetHealth(store.Sweep, SmallTown.City, store.Clock);
    }

    public TestStore Store { get; }

    public GetCase Get { get; }

    public CommandCase Command { get; }

    public ListCases List { get; }

    public GetHealth Health { get; }

    public static async Task<ApiHost> OpenAsync() => new(await TestStore.OpenAsync());

    /// <summary>A case that was brought to a state.</summary>
    public async Task<string> CaseInAsync(CaseState state, string sourceId = "1")
    {
        var (token, actor) = (TestContext.Current.CancellationToken, new Actor("officer", ActorKind.Staff));
        var (filed, _) = await Store.Cases.FileAsync(SmallTown.Draft(sourceId), actor, Store.Durable.Client, token);
        foreach (var command in Lives.To(state))
        {
            Assert.IsType<ChangeResult.Changed>(await Store.Cases.ChangeAsync(filed.Id, command, actor, Store.Durable.Client, cancellationToken: token));
        }

        return filed.Id;
    }

    /// <summary>Gives a command and returns status and answer.</summary>
    public Task<(int Status, JsonElement Answer, HttpResponse Response)> CommandAsync(string key, string id, string command, string body = "", params (string Name, string Value)[] headers) =>
        CallAsync(key, request => Command.RunAsync(request, id, command, Store.Durable.Client, TestContext.Current.CancellationToken), body, headers);

    public Task<(int Status, JsonElement Answer, HttpResponse Response)> GetAsync(string key, string id, params (string Name, string Value)[] headers) =>
        CallAsync(key, request => Get.RunAsync(request, id, TestContext.Current.CancellationToken), "", headers);

    public Task<(int Status, JsonElement Answer, HttpResponse Response)> ListAsync(string key, string query) =>
        CallAsync(key, request => List.RunAsync(request, TestContext.Current.CancellationToken), "", [], query);

    public Task<(int Status, JsonElement Answer, HttpResponse Response)> HealthAsync() =>
        CallAsync("", request => Health.RunAsync(request, Store.Durable.Client, TestContext.Current.CancellationToken), "", []);

    public ValueTask DisposeAsync() => Store.DisposeAsync();

    private async Task<(int Status, JsonElement Answer, HttpResponse Response)> CallAsync(string key, Func<HttpRequest, Task<IResult>> function, string body, (string Name, string Value)[] headers, string query = "")
    {
        var http = new DefaultHttpContext { RequestServices = _services };
        http.Request.Headers["x-functions-key"] = key;
        http.Request.QueryString = new QueryString(query);
        foreach (var (name, value) in headers)
        {
            http.Request.Headers[name] = value;
        }

        http.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        var written = new MemoryStream();
        http.Response.Body = written;
        await (await function(http.Request)).ExecuteAsync(http);
        return (http.Response.StatusCode, written.Length == 0 ? default : JsonDocument.Parse(written.ToArray()).RootElement, http.Response);
    }
}
