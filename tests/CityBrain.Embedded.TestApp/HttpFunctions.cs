using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace CityBrain.Embedded.TestApp;

/// <summary>HTTP functions of every sort that a host has to tell apart.</summary>
public sealed partial class HttpFunctions(TimeProvider clock, Marks marks, IConfiguration settings, ILogger<HttpFunctions> logger)
{
    /// <summary>Says what it sees of a request.</summary>
    [Function(nameof(Echo))]
    public static async Task<IResult> Echo([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "echo/{name}/{number:int?}")] HttpRequest request, string name, int? number)
    {
        using var reader = new StreamReader(request.Body);
        return TypedResults.Json(new
        {
            name,
            number,
            request.Method,
            Query = request.QueryString.Value,
            Body = await reader.ReadToEndAsync(),
            request.Scheme,
            Host = request.Host.Value,
            Remote = request.HttpContext.Connection.RemoteIpAddress?.ToString(),
            Invocation = request.Headers["x-ms-invocation-id"].ToString(),
        });
    }

    /// <summary>Needs a function key.</summary>
    [Function(nameof(Guarded))]
    public static IResult Guarded([HttpTrigger(AuthorizationLevel.Function, "get")] HttpRequest request) => TypedResults.Text(request.Headers["x-functions-key"].ToString());

    /// <summary>Needs the master key.</summary>
    [Function(nameof(Managed))]
    public static IResult Managed([HttpTrigger(AuthorizationLevel.Admin, "get")] HttpRequest request) => TypedResults.Text(request.Method);

    /// <summary>Fails.</summary>
    [Function(nameof(Fails))]
    public static IResult Fails([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => throw new InvalidOperationException($"The secret of {request.Path}");

    /// <summary>Answers with nothing.</summary>
    [Function(nameof(Empty))]
    public static IResult Empty([HttpTrigger(AuthorizationLevel.Anonymous, "delete")] HttpRequest request) => request.HasFormContentType ? TypedResults.BadRequest() : TypedResults.NoContent();

    /// <summary>Tells the app's time.</summary>
    [Function(nameof(Now))]
    public IResult Now([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => TypedResults.Json(new { now = clock.GetUtcNow(), path = request.Path.Value });

    /// <summary>Logs at a level.</summary>
    [Function(nameof(Logs))]
    public IResult Logs([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
    {
        LogWord(request.Query["word"].ToString());
        return TypedResults.NoContent();
    }

    /// <summary>Waits until it is cancelled, or longer when it is told to be stubborn.</summary>
    [Function(nameof(Hangs))]
    public async Task<IResult> Hangs([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, FunctionContext context)
    {
        marks.Add("hangs");
        try
        {
            await Task.Delay(Timeout.Infinite, request.Query.ContainsKey("stubborn") ? CancellationToken.None : context.CancellationToken);
        }
        catch (OperationCanceledException)
        {
            marks.Add("cancelled");
            throw;
        }

        return TypedResults.Text(request.Method);
    }

    /// <summary>Length of the body.</summary>
    [Function(nameof(Length))]
    public static async Task<IResult> Length([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        return TypedResults.Text($"{body.Length}");
    }

    /// <summary>Begins to answer and then fails.</summary>
    [Function(nameof(Breaks))]
    public static async Task Breaks([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
    {
        await request.HttpContext.Response.WriteAsync("half an ans");
        await request.HttpContext.Response.Body.FlushAsync();
        throw new InvalidOperationException("in the middle");
    }

    /// <summary>A setting of the app.</summary>
    [Function(nameof(Setting))]
    public IResult Setting([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => TypedResults.Text(settings[request.Query["name"].ToString()]);

    /// <summary>Ends the app's process at once.</summary>
    [Function(nameof(Dies))]
    public static IResult Dies([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request)
    {
        Environment.FailFast($"Told to by {request.Path}.");
        return TypedResults.NoContent();
    }

    /// <summary>Id of the app's process.</summary>
    [Function(nameof(Process))]
    public static IResult Process([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => TypedResults.Text($"{Environment.ProcessId}{request.QueryString}");

    [LoggerMessage(1, LogLevel.Warning, "A word: {Word}")]
    private partial void LogWord(string word);
}
