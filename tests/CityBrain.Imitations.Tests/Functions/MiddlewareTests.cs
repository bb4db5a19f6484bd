using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CityBrain.Embedded.Tests.Functions;

public sealed class MiddlewareTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Invoke_SeveralMiddlewares_RunInTheOrderAddedAroundTheFunction()
    {
        var trace = new Trace();
        await using var host = await FunctionsTestHost.StartAsync([typeof(Functions)], builder =>
        {
            builder.Services.AddSingleton(trace);
            builder.UseMiddleware<First>();
            builder.UseWhen<Never>(context => context.FunctionDefinition.Name == "Other");
            builder.UseWhen<Second>(context => context.FunctionDefinition.InputBindings.Values.First().Type == "httpTrigger");
            builder.UseMiddleware(async (context, next) =>
            {
                trace.Steps.Add("third in");
                await next();
                trace.Steps.Add("third out");
            });
        });
        await host.Client.GetStringAsync("/api/Traced", Cancellation);
        Assert.Equal(["first in", "second in", "third in", "function", "third out", "second out", "first out"], trace.Steps);
    }

    [Fact]
    public async Task Invoke_MiddlewareDoesNotCallNext_TheFunctionDoesNotRunAndTheResultIsItsOwn()
    {
        var trace = new Trace();
        await using var host = await FunctionsTestHost.StartAsync([typeof(Functions)], builder =>
        {
            builder.Services.AddSingleton(trace);
            builder.Use(next => context =>
            {
                context.GetInvocationResult().Value = Results.StatusCode(418);
                return Task.CompletedTask;
            });
        });
        using var response = await host.Client.GetAsync("/api/Traced", Cancellation);
        Assert.Equal(418, (int)response.StatusCode);
        Assert.Empty(trace.Steps);
    }

    [Fact]
    public async Task Invoke_FunctionThrows_MiddlewareSeesTheExceptionItselfAndMayAnswer()
    {
        Exception? seen = null;
        await using var host = await FunctionsTestHost.StartAsync([typeof(Functions)], builder =>
        {
            builder.Services.AddSingleton(new Trace());
            builder.Use(next => async context =>
            {
                try
                {
                    await next(context);
                }
                catch (Exception failure)
                {
                    seen = failure;
                    await Results.Problem(statusCode: 503, title: "later").ExecuteAsync(context.GetHttpContext()!);
                }
            });
        });
        using var response = await host.Client.GetAsync("/api/Throws", Cancellation);
        Assert.IsType<NotSupportedException>(seen);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("later", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_Result_IsSeenAndReplacedByMiddleware()
    {
        object? seen = null;
        await using var host = await FunctionsTestHost.StartAsync([typeof(Functions)], builder =>
        {
            builder.Services.AddSingleton(new Trace());
            builder.Use(next => async context =>
            {
                await next(context);
                seen = context.GetInvocationResult<IResult>().Value;
                context.GetInvocationResult<IResult>().Value = Results.Text("replaced");
            });
        });
        Assert.Equal("replaced", await host.Client.GetStringAsync("/api/Traced", Cancellation));
        Assert.NotNull(seen);
    }

    [Fact]
    public async Task Invoke_Context_TellsAboutTheInvocation()
    {
        var contexts = new List<(string Invocation, string Function, string Name, object? Id, object? Item, bool Http)>();
        await using var host = await FunctionsTestHost.StartAsync([typeof(Functions)], builder =>
        {
            builder.Services.AddSingleton(new Trace());
            builder.Use(next => async context =>
            {
                context.Items["who"] = "desk";
                await next(context);
                contexts.Add((context.InvocationId, context.FunctionId, context.FunctionDefinition.Name, context.BindingContext.BindingData.GetValueOrDefault("id"),
                    context.Items.TryGetValue("seen", out var item) ? item : null, context.GetHttpContext() is not null));
            });
        });
        Assert.Equal("desk", await host.Client.GetStringAsync("/api/context/7", Cancellation));
        Assert.Equal("desk", await host.Client.GetStringAsync("/api/context/8", Cancellation));
        Assert.Equal(["7", "8"], contexts.Select(context => context.Id));
        Assert.All(contexts, context => Assert.Equal(("Context", "function", true), (context.Name, context.Item, context.Http)));
        Assert.All(contexts, context => Assert.True(Guid.TryParse(context.Invocation, out _)));
        Assert.Equal(2, contexts.Select(context => context.Invocation).Distinct().Count());
        Assert.Single(contexts.Select(context => context.Function).Distinct());
    }

    [Fact]
    public async Task Use_AfterBuild_Throws()
    {
        var folder = FunctionsTestHost.NewFolder();
        var builder = FunctionsTestHost.NewBuilder(folder);
        builder.Services.AddSingleton(_ => CityBrain.Embedded.Functions.Hosting.FunctionCatalog.FromTypes());
        using (var host = builder.Build())
        {
            Assert.Throws<InvalidOperationException>(() => builder.Use(next => next));
            Assert.Throws<InvalidOperationException>(builder.Build);
        }

        await Task.Run(() => Directory.Delete(folder, recursive: true), Cancellation);
    }

    public sealed class Trace
    {
        public List<string> Steps { get; } = [];
    }

    public sealed class First(Trace trace) : Step(trace, "first");

    public sealed class Second(Trace trace) : Step(trace, "second");

    public sealed class Never(Trace trace) : Step(trace, "never");

    public abstract class Step(Trace trace, string name) : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            trace.Steps.Add($"{name} in");
            await next(context);
            trace.Steps.Add($"{name} out");
        }
    }

    public sealed class Functions(Trace trace)
    {
        [Function(nameof(Traced))]
        public IResult Traced([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request)
        {
            trace.Steps.Add("function");
            return Results.Ok();
        }

        [Function(nameof(Throws))]
        public Task<IResult> Throws([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => throw new NotSupportedException();

        [Function(nameof(Context))]
        public static IResult Context([HttpTrigger(AuthorizationLevel.Anonymous, Route = "context/{id}")] HttpRequest request, FunctionContext context)
        {
            context.Items["seen"] = "function";
            return Results.Text((string)context.Items["who"]);
        }
    }
}
