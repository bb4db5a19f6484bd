using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CityBrain.Embedded.Functions.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace CityBrain.Embedded.Tests.Functions;

public sealed class HttpFunctionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("TypedResult", HttpStatusCode.Created, "{\"name\":\"grid\"}")]
    [InlineData("Action", HttpStatusCode.OK, "{\"name\":\"grid\"}")]
    [InlineData("ActionValue", HttpStatusCode.Conflict, "{\"name\":\"grid\"}")]
    [InlineData("Written", HttpStatusCode.Accepted, "written")]
    [InlineData("Nothing", HttpStatusCode.OK, "")]
    public async Task Get_ResultOfEachKind_IsTheAnswer(string function, HttpStatusCode status, string body)
    {
        await using var host = await FunctionsTestHost.StartAsync([typeof(Answers)]);
        using var response = await host.Client.GetAsync($"/api/{function}", Cancellation);
        Assert.Equal((status, body), (response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation)));
    }

    [Fact]
    public async Task Get_FunctionThrows_IsAProblemWithoutInternals()
    {
        await using var host = await FunctionsTestHost.StartAsync([typeof(Answers)]);
        using var response = await host.Client.GetAsync("/api/Failing", Cancellation);
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.Equal("internal-error", JsonDocument.Parse(text).RootElement.GetProperty("code").GetString());
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_BodyAboveTheLimit_Is413()
    {
        await using var host = await FunctionsTestHost.StartAsync([typeof(Answers)], args: "--Embedded:MaxRequestBodyBytes=1000");
        using var small = await host.Client.PostAsync("/api/Length", new ByteArrayContent(new byte[1000]), Cancellation);
        using var large = await host.Client.PostAsync("/api/Length", new ByteArrayContent(new byte[1001]), Cancellation);
        Assert.Equal("1000", await small.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
    }

    [Fact]
    public async Task Get_ServicesOfTheScope_AreOneForFunctionMiddlewareAndResult()
    {
        await using var host = await FunctionsTestHost.StartAsync([typeof(ScopedAnswers)], builder =>
        {
            builder.Services.AddScoped<Scoped>();
            builder.Use(next => context =>
            {
                context.InstanceServices.GetRequiredService<Scoped>().Trace += "middleware ";
                return next(context);
            });
        });
        foreach (var _ in Enumerable.Range(0, 2))
        {
            Assert.Equal("middleware constructor parameter result", await host.Client.GetStringAsync("/api/ScopedAnswers", Cancellation));
        }
    }

    [Fact]
    public async Task Get_ClientGoesAway_CancelsTheInvocation()
    {
        var gate = new Gate();
        await using var host = await FunctionsTestHost.StartAsync([typeof(Waiting)], builder => builder.Services.AddSingleton(gate));
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var request = host.Client.GetAsync("/api/Waiting", leave.Token);
        await gate.Entered.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        await gate.Cancelled.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
    }

    [Fact]
    public async Task Stop_FunctionRuns_IsCancelledAndItsCallerGets503()
    {
        var gate = new Gate();
        await using var host = await FunctionsTestHost.StartAsync([typeof(Waiting)], builder => builder.Services.AddSingleton(gate));
        var request = host.Client.GetAsync("/api/Waiting", Cancellation);
        await gate.Entered.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        await host.Host.StopAsync(Cancellation);
        Assert.True(gate.Cancelled.Task.IsCompletedSuccessfully);
        using var response = await request;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("stopping", (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Stop_FunctionIgnoresCancellation_WaitsOnlyAsLongAsConfigured()
    {
        var gate = new Gate { Deaf = true };
        await using var host = await FunctionsTestHost.StartAsync([typeof(Waiting)], builder => builder.Services.AddSingleton(gate), args: "--Embedded:ShutdownSeconds=1");
        var request = host.Client.GetAsync("/api/Waiting", Cancellation);
        await gate.Entered.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        await host.Host.StopAsync(Cancellation).WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        gate.Open.SetResult();
        await Record.ExceptionAsync(() => request);
    }

    public sealed class Gate
    {
        public bool Deaf { get; init; }

        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Open { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public sealed class Waiting(Gate gate)
    {
        [Function(nameof(Waiting))]
        public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, FunctionContext context)
        {
            gate.Entered.SetResult();
            try
            {
                await gate.Open.Task.WaitAsync(gate.Deaf ? CancellationToken.None : context.CancellationToken);
            }
            catch (OperationCanceledException)
            {
                gate.Cancelled.SetResult();
                throw;
            }

            return Results.Ok();
        }
    }

    public sealed class Scoped
    {
        public string Trace { get; set; } = "";
    }

    public sealed class ScopedAnswers
    {
        private readonly Scoped _scoped;

        public ScopedAnswers(Scoped scoped)
        {
            _scoped = scoped;
            scoped.Trace += "constructor ";
        }

        [Function(nameof(ScopedAnswers))]
        public IResult Get([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, Scoped scoped, IEmbeddedAddresses addresses)
        {
            scoped.Trace += addresses.ServiceBus is null ? "parameter " : "parameter with a bus ";
            return new Late(_scoped);
        }

        private sealed class Late(Scoped expected) : IResult
        {
            public Task ExecuteAsync(HttpContext httpContext)
            {
                var scoped = httpContext.RequestServices.GetRequiredService<Scoped>();
                return httpContext.Response.WriteAsync(ReferenceEquals(scoped, expected) ? scoped.Trace + "result" : "another scope", httpContext.RequestAborted);
            }
        }
    }

    public sealed class Answers
    {
        [Function(nameof(TypedResult))]
        public static IResult TypedResult([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => Results.Json(new { name = "grid" }, statusCode: 201);

        [Function(nameof(Action))]
        public Task<IActionResult> Action([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
            Task.FromResult<IActionResult>(new OkObjectResult(new { name = "grid" }));

        [Function(nameof(ActionValue))]
        public ValueTask<ConflictObjectResult> ActionValue([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => new(new ConflictObjectResult(new { name = "grid" }));

        [Function(nameof(Written))]
        public static async Task Written([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, CancellationToken cancellationToken)
        {
            request.HttpContext.Response.StatusCode = 202;
            await request.HttpContext.Response.WriteAsync("written", cancellationToken);
        }

        [Function(nameof(Nothing))]
        public static void Nothing([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request)
        {
        }

        [Function(nameof(Failing))]
        public static IResult Failing([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => throw new InvalidOperationException("the secret of the house");

        [Function(nameof(Length))]
        public static async Task<IResult> Length([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request, CancellationToken cancellationToken)
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, cancellationToken);
            return Results.Text($"{body.Length}");
        }
    }
}
