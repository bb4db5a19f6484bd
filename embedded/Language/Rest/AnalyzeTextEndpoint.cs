using System.Text.Json;
using Azure;
using Azure.AI.TextAnalytics;
using Azure.Core;
using Azure.Core.Pipeline;

namespace CityBrain.Embedded.Language.Rest;

/// <summary>The synchronous analysis of Azure AI Language: <c>POST {endpoint}/language/:analyze-text</c>.</summary>
internal sealed class AnalyzeTextEndpoint(HttpPipeline pipeline, Uri endpoint, string version)
{
    private readonly Uri _address = new($"{endpoint.AbsoluteUri.TrimEnd('/')}/language/:analyze-text?api-version={version}");

    public async Task<(RecognizePiiEntitiesResultCollection Results, Response Response)> RecognizePiiAsync(
        IReadOnlyList<TextDocumentInput> documents, RecognizePiiEntitiesOptions options, CancellationToken cancellationToken)
    {
        using var message = pipeline.CreateMessage();
        message.Request.Method = RequestMethod.Post;
        message.Request.Uri.Reset(_address);
        message.Request.Headers.SetValue(HttpHeader.Names.ContentType, "application/json");
        message.Request.Headers.SetValue(HttpHeader.Names.Accept, "application/json");
        message.Request.Content = RequestContent.Create(Body(documents, options));
        await pipeline.SendAsync(message, cancellationToken).ConfigureAwait(false);
        if (message.Response.IsError)
        {
            throw new RequestFailedException(message.Response);
        }

        return (Read(message.Response, documents), message.Response);
    }

    // Offsets are asked for in UTF-16 code units, which is how strings are indexed here.
    private static BinaryData Body(IReadOnlyList<TextDocumentInput> documents, RecognizePiiEntitiesOptions options) => BinaryData.FromObjectAsJson(new
    {
        kind = "PiiEntityRecognition",
        parameters = new
        {
            loggingOptOut = options.DisableServiceLogs ?? true,
            modelVersion = options.ModelVersion ?? "latest",
            stringIndexType = "Utf16CodeUnit",
            piiCategories = options.CategoriesFilter.Count == 0 ? ["Default"] : options.CategoriesFilter.Select(category => category.ToString()).ToArray(),
        },
        analysisInput = new { documents = documents.Select(document => new { id = document.Id, language = document.Language ?? "en", text = document.Text }) },
    });

    /// <exception cref="RequestFailedException">The answer is not what the protocol says.</exception>
    private static RecognizePiiEntitiesResultCollection Read(Response response, IReadOnlyList<TextDocumentInput> documents)
    {
        try
        {
            using var json = JsonDocument.Parse(response.Content);
            var results = json.RootElement.GetProperty("results");
            var byId = results.GetProperty("documents").EnumerateArray().Select(ResultOf)
                .Concat(results.GetProperty("errors").EnumerateArray().Select(ErrorOf))
                .ToDictionary(result => result.Id, StringComparer.Ordinal);
            return new([.. documents.Select(document => byId[document.Id])], results.GetProperty("modelVersion").GetString() ?? "");
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException or FormatException)
        {
            throw new RequestFailedException(response.Status, "The language service answered with something that is not the result of an analysis.", fault);
        }
    }

    private static RecognizePiiEntitiesResult ResultOf(JsonElement document) => new(
        document.GetProperty("id").GetString()!,
        new PiiEntityCollection([.. document.GetProperty("entities").EnumerateArray().Select(EntityOf)], document.GetProperty("redactedText").GetString()!));

    private static PiiEntity EntityOf(JsonElement entity) => new(
        entity.GetProperty("text").GetString()!,
        entity.GetProperty("category").GetString()!,
        entity.GetProperty("confidenceScore").GetDouble(),
        entity.GetProperty("offset").GetInt32(),
        entity.GetProperty("length").GetInt32());

    // The inner error is the more exact one, as the official client has it.
    private static RecognizePiiEntitiesResult ErrorOf(JsonElement failed)
    {
        var error = failed.GetProperty("error");
        var exact = error.TryGetProperty("innererror", out var inner) ? inner : error;
        return new(
            failed.GetProperty("id").GetString()!,
            new TextAnalyticsError(exact.GetProperty("code").GetString()!, exact.GetProperty("message").GetString()!, exact.TryGetProperty("target", out var target) ? target.GetString() : null));
    }
}
