using System.Text;
using Azure;
using Azure.AI.TextAnalytics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CityBrain.Language;

/// <summary>
/// Redacts the texts of a case: by the city's own recognisers, and then, where it is configured, by Azure AI Language, which sees nothing that
/// the first have found. When either fails, no text is let through. Safe for concurrent use.
/// </summary>
public sealed partial class TextRedaction(IOptions<LanguageOptions> options, ILogger<TextRedaction> logger)
{
    /// <summary>Longest document of the service, in text elements.</summary>
    public const int LongestDocument = 5120;

    /// <summary>Most documents of one request.</summary>
    public const int MostDocuments = 5;

    // What a case is about, not who tells of it: places, organisations and times are needed to handle it.
    private static readonly HashSet<string> Kept = new(StringComparer.OrdinalIgnoreCase) { "Address", "Organization", "DateTime", "Date", "Age", "Quantity", "URL", "PersonType" };

    private static readonly RecognizePiiEntitiesOptions Private = new() { DisableServiceLogs = true };

    private readonly TextAnalyticsClient? _service = options.Value.NewClient();

    /// <summary>True when texts go to a service, so that redacting takes time and may fail.</summary>
    public bool AsksService => _service is not null;

    /// <summary>The texts, redacted, in their order; null when one of them could not be redacted.</summary>
    /// <param name="texts">Free texts of one case.</param>
    /// <param name="name">The reporter's name, if known.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<string>?> RedactAsync(IReadOnlyList<string> texts, string? name, CancellationToken cancellationToken)
    {
        var own = texts.Select(text => Redactor.Redact(text, name)).ToList();
        if (own.Contains(Redactor.Withheld))
        {
            return null;
        }

        try
        {
            return _service is null ? own : await AskAsync(_service, own, cancellationToken);
        }
        catch (Exception failure) when (failure is RequestFailedException or AggregateException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            LogUnreachable((failure as RequestFailedException)?.Status ?? 0, (failure as RequestFailedException)?.ErrorCode ?? failure.GetType().Name);
            return null;
        }
    }

    private async Task<IReadOnlyList<string>?> AskAsync(TextAnalyticsClient service, List<string> texts, CancellationToken cancellationToken)
    {
        var redacted = texts.Select(_ => new StringBuilder()).ToList();
        var pieces = texts.SelectMany((text, index) => TextChunks.Of(text, LongestDocument).Select(piece => (Index: index, Text: piece)));
        foreach (var request in pieces.Chunk(MostDocuments))
        {
            var documents = request.Select((piece, id) => new TextDocumentInput($"{id}", piece.Text) { Language = TextLanguage.ServiceCodeOf(piece.Text) });
            var answer = await service.RecognizePiiEntitiesBatchAsync(documents, Private, cancellationToken);
            foreach (var (piece, result) in request.Zip(answer.Value))
            {
                if (result.HasError)
                {
                    LogRefused(result.Error.ErrorCode.ToString());
                    return null;
                }

                redacted[piece.Index].Append(Without(piece.Text, result.Entities));
            }
        }

        return [.. redacted.Select(text => text.ToString())];
    }

    private static string Without(string text, IEnumerable<PiiEntity> entities)
    {
        var (redacted, done) = (new StringBuilder(text.Length), 0);
        foreach (var entity in entities.Where(entity => !Kept.Contains(entity.Category.ToString())).OrderBy(entity => entity.Offset))
        {
            var (start, end) = (Math.Max(entity.Offset, done), Math.Min(entity.Offset + entity.Length, text.Length));
            if (end > start && !IsPlaceholder(text, start, end))
            {
                redacted.Append(text, done, start - done).Append(TagOf(entity.Category.ToString()));
                done = end;
            }
        }

        return redacted.Append(text, done, text.Length - done).ToString();
    }

    private static bool IsPlaceholder(string text, int start, int end) => start > 0 && end < text.Length && text[start - 1] == '[' && text[end] == ']';

    private static string TagOf(string category) => category switch
    {
        "Person" => "[name]",
        "PhoneNumber" => "[phone]",
        "Email" => "[email]",
        _ when category.Contains("Passport", StringComparison.Ordinal) => "[passport]",
        _ when category.Contains("Card", StringComparison.Ordinal) && category.StartsWith("Credit", StringComparison.Ordinal) || category.Contains("Bank", StringComparison.Ordinal) => "[card]",
        _ => "[id]",
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "The language service failed with status {Status}, {Code}; the text of the case stays withheld and is tried again")]
    private partial void LogUnreachable(int status, string code);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The language service refused a document with {Code}; the text of the case stays withheld")]
    private partial void LogRefused(string code);
}
