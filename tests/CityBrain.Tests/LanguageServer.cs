using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CityBrain.Tests;

/// <summary>
/// Speaks the protocol of Azure AI Language, with its limits: documents of 5,120 text elements, five in a request, or a thousand for their language, and a
/// megabyte. It knows one person, Wendell Quist, and a few places; a document that says "poison" has an error of its own, one that says "riddle" too,
/// except when personal data is asked for.
/// </summary>
internal sealed class LanguageServer : IAsyncDisposable
{
    public const string Key = "key-of-the-language-service";

    private static readonly Dictionary<string, int> MostDocuments = new() { ["PiiEntityRecognition"] = 5, ["EntityRecognition"] = 5, ["LanguageDetection"] = 1000 };

    /// <summary>What it names when it reads a word, and how.</summary>
    private static readonly (string Word, string Name, string Category, string? Exact, double Score)[] Named =
    [
        ("Wendell Quist", "Wendell Quist", "Person", null, 0.9),
        ("Elm Street", "Elm Street", "Address", null, 0.9),
        ("W. Mkt", "West Market", "Location", "Structural", 0.9),
        ("暮春桥", "暮春桥", "Structural", "Structural", 0.8),
        ("Brook Bend", "Brook\nBend", "Landform", "Geographical", 0.7),
        ("Somewhere", "Somewhere", "Location", "GPE", 0.3),
        ("the Endless", new string('e', 101), "Location", null, 0.9),
        ("Court of", "Court of [name]", "Location", null, 0.9),
        ("Monday", "Monday", "DateTime", "Date", 0.9),
    ];

    private readonly WebApplication _app;

    private LanguageServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    public ConcurrentQueue<JsonNode> Requests { get; } = new();

    /// <summary>How many requests are still refused, with which status.</summary>
    public (int Count, int Status) Refusals { get; set; }

    /// <summary>The kind of analysis that is refused; null: every kind.</summary>
    public string? RefusedKind { get; set; }

    /// <summary>How a refusal says when to come back.</summary>
    public (string Header, string Value) RetryAfter { get; set; } = ("retry-after-ms", "1");

    /// <summary>When each request came.</summary>
    public ConcurrentQueue<long> Times { get; } = new();

    public static async Task<LanguageServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new LanguageServer(builder.Build());
        server._app.MapPost("/language/:analyze-text", server.Analyze);
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>The texts that were sent for a kind of analysis, one list for each request.</summary>
    public List<List<string>> Sent(string kind) =>
        [.. Requests.Where(request => (string?)request["kind"] == kind).Select(request => request["analysisInput"]!["documents"]!.AsArray().Select(document => Text(document!)).ToList())];

    private async Task<IResult> Analyze(HttpRequest request)
    {
        var bytes = (await new StreamContent(request.Body).ReadAsByteArrayAsync()).AsMemory();
        var body = JsonNode.Parse(bytes.Span)!;
        Requests.Enqueue(body);
        Times.Enqueue(Stopwatch.GetTimestamp());
        var kind = (string?)body["kind"] ?? "";
        if (Refusals.Count > 0 && (RefusedKind ?? kind) == kind)
        {
            Refusals = Refusals with { Count = Refusals.Count - 1 };
            request.HttpContext.Response.Headers[RetryAfter.Header] = RetryAfter.Value;
            return Results.Json(new { error = new { code = "TooManyRequests", message = "slow down" } }, statusCode: Refusals.Status);
        }

        var documents = body["analysisInput"]!["documents"]!.AsArray();
        return request.Headers["Ocp-Apim-Subscription-Key"] != Key ? Results.Json(new { error = new { code = "401", message = "key" } }, statusCode: 401)
            : request.Query["api-version"] != "2023-04-01" || !MostDocuments.TryGetValue(kind, out var most) || documents.Count > most || bytes.Length > 1 << 20
                ? Results.Json(new { error = new { code = "InvalidRequest", message = "bad" } }, statusCode: 400)
            : Results.Json(new
            {
                kind = kind + "Results",
                results = new
                {
                    documents = documents.Where(document => ErrorOf(kind, Text(document!)) is null).Select(document => Found(kind, document!)),
                    errors = documents.Where(document => ErrorOf(kind, Text(document!)) is not null).Select(document => new
                    {
                        id = (string)document!["id"]!,
                        error = new { code = "InvalidArgument", message = "Invalid document.", innererror = new { code = ErrorOf(kind, Text(document)), message = "no" } },
                    }),
                    modelVersion = "2023-09-01",
                },
            });
    }

    private static string Text(JsonNode document) => (string)document["text"]!;

    private static string? ErrorOf(string kind, string text) =>
        new StringInfo(text).LengthInTextElements > 5120 ? "InvalidDocument"
        : text.Contains("poison", StringComparison.Ordinal) || (kind != "PiiEntityRecognition" && text.Contains("riddle", StringComparison.Ordinal)) ? "UnsupportedLanguageCode"
        : null;

    private static object Found(string kind, JsonNode document)
    {
        var (id, text) = ((string)document["id"]!, Text(document));
        return kind switch
        {
            "LanguageDetection" => new { id, detectedLanguage = LanguageOf(text), warnings = Array.Empty<object>() },
            "EntityRecognition" => new
            {
                id,
                entities = Named.SelectMany(known => Positions(text, known.Word)
                    .Select(at => new { text = known.Name, category = known.Category, subcategory = known.Exact, offset = at, length = known.Word.Length, confidenceScore = known.Score })),
                warnings = Array.Empty<object>(),
            },
            _ => new
            {
                id,
                redactedText = text,
                entities = new[] { ("Wendell Quist", "Person"), ("Elm Street", "Address") }
                    .SelectMany(known => Positions(text, known.Item1).Select(at => new { text = known.Item1, category = known.Item2, offset = at, length = known.Item1.Length, confidenceScore = 0.9 })),
                warnings = Array.Empty<object>(),
            },
        };
    }

    private static object LanguageOf(string text) =>
        text.Contains("bonjour", StringComparison.OrdinalIgnoreCase) ? new { name = "French", iso6391Name = "fr", confidenceScore = 0.99 }
        : text.Contains("hmm", StringComparison.OrdinalIgnoreCase) ? new { name = "(Unknown)", iso6391Name = "(Unknown)", confidenceScore = 0.0 }
        : text.Any(c => c is >= '\u4E00' and <= '\u9FFF') ? new { name = "Chinese_Simplified", iso6391Name = "zh_chs", confidenceScore = 0.9 }
        : new { name = "English", iso6391Name = "en", confidenceScore = 1.0 };

    private static IEnumerable<int> Positions(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            yield return at;
        }
    }
}
