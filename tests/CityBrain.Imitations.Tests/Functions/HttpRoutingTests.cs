using System.Net;
using CityBrain.Embedded.Functions.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace CityBrain.Embedded.Tests.Functions;

public sealed class HttpRoutingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "/api/cases/11111111-2222-3333-4444-555555555555", 200, "by id 11111111-2222-3333-4444-555555555555")]
    [InlineData("GET", "/api/cases/open", 200, "open")]
    [InlineData("GET", "/API/Cases/OPEN", 200, "open")]
    [InlineData("GET", "/api/cases/nothing", 404, "")]
    [InlineData("POST", "/api/cases/open", 405, "")]
    [InlineData("GET", "/api/numbers/7/8000000000/true/2.5/2025-01-02", 200, "7 8000000000 True 2.5 2025-01-02")]
    [InlineData("GET", "/api/numbers/x/8000000000/true/2.5/2025-01-02", 404, "")]
    [InlineData("GET", "/api/page", 200, "page -1 -")]
    [InlineData("GET", "/api/page/3", 200, "page 3 -")]
    [InlineData("GET", "/api/page/3/a%20b", 200, "page 3 a b")]
    [InlineData("GET", "/api/files/a/b/c.txt", 200, "a/b/c.txt")]
    [InlineData("GET", "/api/files", 200, "")]
    [InlineData("GET", "/api/named", 404, "")]
    [InlineData("DELETE", "/api/ByName", 200, "by name")]
    [InlineData("GET", "/open", 404, "")]
    [InlineData("PUT", "/api/items/5", 200, "put 5")]
    [InlineData("PATCH", "/api/items/5", 200, "patch 5")]
    [InlineData("GET", "/api/items/5", 405, "")]
    public async Task Request_Route_ReachesTheRightFunction(string method, string path, int status, string body)
    {
        await using var host = await FunctionsTestHost.StartAsync([typeof(Routes)]);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await host.Client.SendAsync(request, Cancellation);
        Assert.Equal((status, body), ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation)));
    }

    [Theory]
    [InlineData("city/v1", "/city/v1/cases/open")]
    [InlineData("", "/cases/open")]
    public async Task Request_PrefixOfHostJson_IsTheFirstPartOfTheRoute(string prefix, string path)
    {
        var folder = FunctionsTestHost.NewFolder($$"""{ "extensions": { "http": { "routePrefix": "{{prefix}}" } } }""");
        await using (var host = await FunctionsTestHost.StartAsync([typeof(Routes)], folder: folder))
        {
            Assert.Equal("open", await host.Client.GetStringAsync(path, Cancellation));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Get_Root_NamesTheRoutes()
    {
        await using var host = await FunctionsTestHost.StartAsync([typeof(Routes)]);
        var page = await host.Client.GetStringAsync("/", Cancellation);
        Assert.Contains("/api/cases/{id:guid}", page, StringComparison.Ordinal);
        Assert.Contains("PUT, PATCH", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_RouteValueOfTheWrongType_FailsInsideTheMiddleware()
    {
        Exception? seen = null;
        await using var host = await FunctionsTestHost.StartAsync([typeof(Unconstrained)], builder => builder.Use(next => async context =>
        {
            try
            {
                await next(context);
            }
            catch (FunctionInputConverterException failure)
            {
                seen = failure;
                throw;
            }
        }));
        using var response = await host.Client.GetAsync("/api/unconstrained/x", Cancellation);
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Contains("'id'", seen?.Message, StringComparison.Ordinal);
        Assert.Equal("5", await host.Client.GetStringAsync("/api/unconstrained/5", Cancellation));
    }

    [Theory]
    [InlineData(typeof(SameRoute), "'One' and 'Two'")]
    [InlineData(typeof(PlainResult), "return IActionResult or IResult")]
    [InlineData(typeof(WrongParameter), "HttpRequest")]
    [InlineData(typeof(WrongTemplate), "not a route template")]
    [InlineData(typeof(UserLevel), "Anonymous, Function or Admin")]
    public async Task Start_WrongHttpFunction_SaysWhatToChange(Type functions, string part)
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => FunctionsTestHost.StartAsync([functions]));
        Assert.Contains(part, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_PortTaken_SaysWhichSettingToChange()
    {
        await using var host = await FunctionsTestHost.StartAsync([typeof(Routes)]);
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => FunctionsTestHost.StartAsync([typeof(Routes)], args: $"--Embedded:HttpPort={host.Client.BaseAddress!.Port}"));
        Assert.Contains("Embedded:HttpPort", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithoutWebApplication_SaysWhatToCall()
    {
        var folder = FunctionsTestHost.NewFolder();
        var builder = Microsoft.Azure.Functions.Worker.Builder.FunctionsApplication.CreateBuilder([$"--contentRoot={folder}", $"--Embedded:Path={folder}/city.db"]);
        builder.Services.AddSingleton(_ => FunctionCatalog.FromTypes(typeof(Routes)));
        using (var host = builder.Build())
        {
            var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync(Cancellation));
            Assert.Contains("ConfigureFunctionsWebApplication", failure.Message, StringComparison.Ordinal);
        }

        Directory.Delete(folder, recursive: true);
    }

    public sealed class Routes
    {
        [Function(nameof(ById))]
        public static IResult ById([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "cases/{id:guid}")] HttpRequest request, Guid id) => Results.Text($"by id {id}");

        [Function(nameof(Open))]
        public static IResult Open([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "cases/open")] HttpRequest request) => Results.Text("open");

        [Function(nameof(Numbers))]
        public static IResult Numbers(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "numbers/{a:int}/{b:long}/{c:bool}/{d:double}/{e:datetime}")] HttpRequest request,
            int a, long b, bool c, double d, DateTime e) => Results.Text(FormattableString.Invariant($"{a} {b} {c} {d} {e:yyyy-MM-dd}"));

        [Function(nameof(Page))]
        public static IResult Page(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "page/{number:int?}/{word?}")] HttpRequest request, string? word, int number = -1) => Results.Text($"page {number} {word ?? "-"}");

        [Function(nameof(Files))]
        public static IResult Files([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "files/{*rest}")] HttpRequest request, string? rest) => Results.Text(rest ?? "");

        [Function(nameof(ByName))]
        public static IResult ByName([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Results.Text("by name");

        [Function(nameof(PutItem))]
        public static IResult PutItem([HttpTrigger(AuthorizationLevel.Anonymous, "put", "patch", Route = "items/{number:int}")] HttpRequest request, int number) =>
            Results.Text($"{request.Method.ToLowerInvariant()} {number}");
    }

    public sealed class Unconstrained
    {
        [Function(nameof(Unconstrained))]
        public static IResult Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "unconstrained/{id}")] HttpRequest request, int id) => Results.Text($"{id}");
    }

    public sealed class SameRoute
    {
        [Function("One")]
        public static IResult One([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "same/{a:int}")] HttpRequest request) => Results.Ok();

        [Function("Two")]
        public static IResult Two([HttpTrigger(AuthorizationLevel.Anonymous, "POST", Route = "Same/{b:int}")] HttpRequest request) => Results.Ok();
    }

    public sealed class PlainResult
    {
        [Function(nameof(PlainResult))]
        public static Task<string> Get([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Task.FromResult("text");
    }

    public sealed class WrongParameter
    {
        [Function(nameof(WrongParameter))]
        public static IResult Get([HttpTrigger(AuthorizationLevel.Anonymous)] string body) => Results.Text(body);
    }

    public sealed class WrongTemplate
    {
        [Function(nameof(WrongTemplate))]
        public static IResult Get([HttpTrigger(AuthorizationLevel.Anonymous, Route = "a/{b")] HttpRequest request) => Results.Ok();
    }

    public sealed class UserLevel
    {
        [Function(nameof(UserLevel))]
        public static IResult Get([HttpTrigger(AuthorizationLevel.User)] HttpRequest request) => Results.Ok();
    }
}
