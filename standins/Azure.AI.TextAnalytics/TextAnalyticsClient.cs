using Azure.Core.Pipeline;

namespace Azure.AI.TextAnalytics;

/// <summary>A client of Azure AI Language, over its REST protocol. Safe for concurrent use.</summary>
public class TextAnalyticsClient
{
    private readonly AnalyzeTextEndpoint? _endpoint;

    /// <param name="endpoint">Such as <c>https://NAME.cognitiveservices.azure.com</c>.</param>
    /// <param name="credential">Key of the resource.</param>
    public TextAnalyticsClient(Uri endpoint, AzureKeyCredential credential)
        : this(endpoint, credential, new TextAnalyticsClientOptions())
    {
    }

    /// <param name="endpoint">Such as <c>https://NAME.cognitiveservices.azure.com</c>.</param>
    /// <param name="credential">Key of the resource.</param>
    /// <param name="options">Version, retries, transport.</param>
    public TextAnalyticsClient(Uri endpoint, AzureKeyCredential credential, TextAnalyticsClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(credential);
        options ??= new();
        _endpoint = new(HttpPipelineBuilder.Build(options, new KeyPolicy(credential)), endpoint, options.VersionString);
    }

    /// <summary>For mocking.</summary>
    protected TextAnalyticsClient()
    {
    }

    /// <summary>Tells the language of documents, at most a thousand of at most 5,120 text elements each. The error of one document does not spoil the rest.</summary>
    /// <exception cref="RequestFailedException">The service refused the request as a whole, or could not be reached.</exception>
    public virtual async Task<Response<DetectLanguageResultCollection>> DetectLanguageBatchAsync(
        IEnumerable<DetectLanguageInput> documents, TextAnalyticsRequestOptions? options = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documents);
        var (results, response) = await _endpoint!.DetectLanguageAsync([.. documents], options ?? new(), cancellationToken).ConfigureAwait(false);
        return Response.FromValue(results, response);
    }

    /// <summary>Finds what documents name, at most five of at most 5,120 text elements each. The error of one document does not spoil the rest.</summary>
    /// <exception cref="RequestFailedException">The service refused the request as a whole, or could not be reached.</exception>
    public virtual async Task<Response<RecognizeEntitiesResultCollection>> RecognizeEntitiesBatchAsync(
        IEnumerable<TextDocumentInput> documents, TextAnalyticsRequestOptions? options = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documents);
        var (results, response) = await _endpoint!.RecognizeEntitiesAsync([.. documents], options ?? new(), cancellationToken).ConfigureAwait(false);
        return Response.FromValue(results, response);
    }

    /// <summary>Finds personal data in documents, at most five of at most 5,120 text elements each. The error of one document does not spoil the rest.</summary>
    /// <exception cref="RequestFailedException">The service refused the request as a whole, or could not be reached.</exception>
    public virtual async Task<Response<RecognizePiiEntitiesResultCollection>> RecognizePiiEntitiesBatchAsync(
        IEnumerable<TextDocumentInput> documents, RecognizePiiEntitiesOptions? options = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documents);
        var (results, response) = await _endpoint!.RecognizePiiAsync([.. documents], options ?? new(), cancellationToken).ConfigureAwait(false);
        return Response.FromValue(results, response);
    }
}
