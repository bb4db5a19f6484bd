using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.AI.TextAnalytics;

/// <summary>The synchronous analysis of Azure AI Language: <c>POST {endpoint}/language/:analyze-text</c>.</summary>
internal sealed class AnalyzeTextEndpoint(HttpPipeline pipeline, Uri endpoint, string version)
{
    private const string Latest = "latest";

    // Offsets are asked for in UTF-16 code units, which is how strings are indexed here.
    private const string Offsets = "Utf16CodeUnit";

    private readonly Uri _address = new($"{endpoint.AbsoluteUri.TrimEnd('/')}/language/:analyze-text?api-version={version}");

    public async Task<(DetectLanguageResultCollection Results, Response Response)> DetectLanguageAsync(
        IReadOnlyList<DetectLanguageInput> documents, TextAnalyticsRequestOptions options, CancellationToken cancellationToken)
    {
        var parameters = new { loggingOptOut = options.DisableServiceLogs ?? false, modelVersion = options.ModelVersion ?? Latest };
        var inputs = documents.Select(document => new { id = document.Id, countryHint = document.CountryHint ?? "us", text = document.Text });
        var (results, model, response) = await AskAsync("LanguageDetection", parameters, inputs, documents, LanguageOf, (id, error) => new(id, error), cancellationToken).ConfigureAwait(false);
        return (new(results, model), response);
    }

    public async Task<(RecognizeEntitiesResultCollection Results, Response Response)> RecognizeEntitiesAsync(
        IReadOnlyList<TextDocumentInput> documents, TextAnalyticsRequestOptions options, CancellationToken cancellationToken)
    {
        var parameters = new { loggingOptOut = options.DisableServiceLogs ?? false, modelVersion = options.ModelVersion ?? Latest, stringIndexType = Offsets };
        var (results, model, response) = await AskAsync("EntityRecognition", parameters, Inputs(documents), documents, EntitiesOf, (id, error) => new(id, error), cancellationToken).ConfigureAwait(false);
        return (new(results, model), response);
    }

    public async Task<(RecognizePiiEntitiesResultCollection Results, Response Response)> RecognizePiiAsync(
        IReadOnlyList<TextDocumentInput> documents, RecognizePiiEntitiesOptions options, CancellationToken cancellationToken)
    {
        var parameters = new
        {
            loggingOptOut = options.DisableServiceLogs ?? true,
            modelVersion = options.ModelVersion ?? Latest,
            stringIndexType = Offsets,
            piiCategories = options.CategoriesFilter.Count == 0 ? ["Default"] : options.CategoriesFilter.Select(category => category.ToString()).ToArray(),
        };
        var (results, model, response) = await AskAsync("PiiEntityRecognition", parameters, Inputs(documents), documents, PiiOf, (id, error) => new(id, error), cancellationToken).ConfigureAwait(false);
        return (new(results, model), response);
    }

    private static IEnumerable<object> Inputs(IEnumerable<TextDocumentInput> documents) =>
        documents.Select(document => new { id = document.Id, language = document.Language ?? "en", text = document.Text });

    /// <exception cref="RequestFailedException">The service refused, could not be reached, or its answer is not what the protocol says.</exception>
    private async Task<(List<T> Results, string ModelVersion, Response Response)> AskAsync<T>(
        string kind,
        object parameters,
        IEnumerable<object> inputs,
        IReadOnlyList<TextAnalyticsInput> documents,
        Func<JsonElement, T> resultOf,
        Func<string, TextAnalyticsError, T> failed,
        CancellationToken cancellationToken)
        where T : TextAnalyticsResult
    {
        using var message = pipeline.CreateMessage();
        message.Request.Method = RequestMethod.Post;
        message.Request.Uri.Reset(_address);
        message.Request.Headers.SetValue(HttpHeader.Names.ContentType, "application/json");
        message.Request.Headers.SetValue(HttpHeader.Names.Accept, "application/json");
        message.Request.Content = RequestContent.Create(BinaryData.FromObjectAsJson(new { kind, parameters, analysisInput = new { documents = inputs } }));
        await pipeline.SendAsync(message, cancellationToken).ConfigureAwait(false);
        if (message.Response.IsError)
        {
            throw new RequestFailedException(message.Response);
        }

        try
        {
            using var json = JsonDocument.Parse(message.Response.Content);
            var answer = json.RootElement.GetProperty("results");
            var byId = answer.GetProperty("documents").EnumerateArray().Select(resultOf)
                .Concat(answer.GetProperty("errors").EnumerateArray().Select(document => failed(IdOf(document), ErrorOf(document.GetProperty("error")))))
                .ToDictionary(result => result.Id, StringComparer.Ordinal);
            return ([.. documents.Select(document => byId[document.Id])], answer.GetProperty("modelVersion").GetString() ?? "", message.Response);
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException or FormatException)
        {
            throw new RequestFailedException(message.Response.Status, "The language service answered with something that is not the result of an analysis.", fault);
        }
    }

    private static DetectLanguageResult LanguageOf(JsonElement document)
    {
        var language = document.GetProperty("detectedLanguage");
        return new(IdOf(document), new DetectedLanguage(
            language.GetProperty("name").GetString()!,
            language.GetProperty("iso6391Name").GetString()!,
            language.GetProperty("confidenceScore").GetDouble()));
    }

    private static RecognizeEntitiesResult EntitiesOf(JsonElement document) => new(
        IdOf(document),
        new CategorizedEntityCollection([.. document.GetProperty("entities").EnumerateArray().Select(entity => new CategorizedEntity(
            entity.GetProperty("text").GetString()!,
            entity.GetProperty("category").GetString()!,
            entity.TryGetProperty("subcategory", out var exact) ? exact.GetString() : null,
            entity.GetProperty("confidenceScore").GetDouble(),
            entity.GetProperty("offset").GetInt32(),
            entity.GetProperty("length").GetInt32()))]));

    private static RecognizePiiEntitiesResult PiiOf(JsonElement document) => new(
        IdOf(document),
        new PiiEntityCollection(
            [.. document.GetProperty("entities").EnumerateArray().Select(entity => new PiiEntity(
                entity.GetProperty("text").GetString()!,
                entity.GetProperty("category").GetString()!,
                entity.GetProperty("confidenceScore").GetDouble(),
                entity.GetProperty("offset").GetInt32(),
                entity.GetProperty("length").GetInt32()))],
            document.GetProperty("redactedText").GetString()!));

    private static string IdOf(JsonElement document) => document.GetProperty("id").GetString()!;

    // The inner error is the more exact one, as the official client has it.
    private static TextAnalyticsError ErrorOf(JsonElement error)
    {
        var exact = error.TryGetProperty("innererror", out var inner) ? inner : error;
        return new(exact.GetProperty("code").GetString()!, exact.GetProperty("message").GetString()!, exact.TryGetProperty("target", out var target) ? target.GetString() : null);
    }
}
