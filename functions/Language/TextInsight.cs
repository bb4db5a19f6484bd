using Azure;
using Azure.AI.TextAnalytics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CityBrain.Language;

/// <summary>What the language service found in a wording.</summary>
/// <param name="Language"><c>zh</c>, <c>en</c> or <c>other</c>; null when the service is not sure, or was not heard.</param>
/// <param name="Places">Names of places, redacted, in their order: at most <see cref="TextInsight.MostPlaces"/>; null when there is none.</param>
public sealed record TextFindings(string? Language, IReadOnlyList<string>? Places);

/// <summary>
/// Asks Azure AI Language, where it is configured, for the language of a wording and the places that it names. It is given redacted texts only. All that it
/// finds is a help: when it fails or takes too long, what the city found by itself stands. Safe for concurrent use.
/// </summary>
public sealed partial class TextInsight(IOptions<LanguageOptions> options, ILogger<TextInsight> logger)
{
    /// <summary>Most names of places that are kept of a wording.</summary>
    public const int MostPlaces = 10;

    /// <summary>Longest name of a place, in characters: what is longer is no name.</summary>
    public const int LongestPlace = 100;

    /// <summary>Most documents in a request for their language. The service takes a thousand, but no more than a megabyte, and a character may need six bytes.</summary>
    public const int MostDetected = 25;

    // A language below this confidence is no better than what the script tells.
    private const double SureOfLanguage = 0.8;
    private const double SureOfPlace = 0.5;

    private static readonly TextAnalyticsRequestOptions Private = new() { DisableServiceLogs = true };

    // Languages without the category Location have these.
    private static readonly HashSet<string> PlaceKinds = new(StringComparer.OrdinalIgnoreCase) { "GPE", "Structural", "Geographical" };

    private readonly TextAnalyticsClient? _service = options.Value.NewClient();

    /// <summary>How long the service is waited for, in real time.</summary>
    internal TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What the service finds; nothing when there is none. Fails only when cancelled.</summary>
    /// <param name="wording">Title and text, redacted.</param>
    /// <param name="address">The place in words, redacted; may be empty.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<TextFindings> FindAsync(string wording, string address, CancellationToken cancellationToken)
    {
        if (_service is null)
        {
            return new(null, null);
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(LongestWait);
        var (language, places) = ((string?)null, new List<string>());
        try
        {
            var pieces = PiecesOf(wording);
            language = await LanguageOfAsync(_service, pieces, patience.Token);
            await AddPlacesAsync(_service, [.. pieces, .. PiecesOf(address)], places, patience.Token);
        }
        catch (Exception failure) when (failure is RequestFailedException or AggregateException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            LogUnreachable((failure as RequestFailedException)?.Status ?? 0, (failure as RequestFailedException)?.ErrorCode ?? failure.GetType().Name);
        }

        var named = places.Distinct(StringComparer.OrdinalIgnoreCase).Take(MostPlaces).ToList();
        return new(language, named.Count == 0 ? null : named);
    }

    private static List<string> PiecesOf(string text) => [.. TextChunks.Of(text, TextRedaction.LongestDocument).Where(piece => piece.Any(char.IsLetter))];

    /// <summary>The language of most of the text; null when the service is sure of no piece. A piece of which it is not sure counts as what its script tells.</summary>
    private async Task<string?> LanguageOfAsync(TextAnalyticsClient service, List<string> pieces, CancellationToken cancellationToken)
    {
        var found = new List<(string Piece, string? Language)>();
        foreach (var request in pieces.Chunk(MostDetected))
        {
            var documents = request.Select((piece, id) => new DetectLanguageInput($"{id}", piece) { CountryHint = DetectLanguageInput.None });
            var answer = await service.DetectLanguageBatchAsync(documents, Private, cancellationToken);
            found.AddRange(request.Zip(answer.Value, (piece, result) => (piece, IsGood(result) && result.PrimaryLanguage.ConfidenceScore >= SureOfLanguage ? KnownOf(result.PrimaryLanguage.Iso6391Name) : null)));
        }

        return found.TrueForAll(one => one.Language is null) ? null
            : found.GroupBy(one => one.Language ?? TextLanguage.Of(one.Piece), StringComparer.Ordinal).MaxBy(same => same.Sum(one => one.Piece.Count(char.IsLetter)))!.Key;
    }

    private async Task AddPlacesAsync(TextAnalyticsClient service, List<string> pieces, List<string> places, CancellationToken cancellationToken)
    {
        foreach (var request in pieces.Chunk(TextRedaction.MostDocuments))
        {
            var documents = request.Select((piece, id) => new TextDocumentInput($"{id}", piece) { Language = TextLanguage.ServiceCodeOf(piece) });
            var answer = await service.RecognizeEntitiesBatchAsync(documents, Private, cancellationToken);
            places.AddRange(answer.Value.Where(IsGood).SelectMany(result => result.Entities.Where(IsPlace).OrderBy(entity => entity.Offset)).Select(entity => NameOf(entity.Text)).OfType<string>());
        }
    }

    private bool IsGood(TextAnalyticsResult result)
    {
        if (result.HasError)
        {
            LogRefused(result.Error.ErrorCode.ToString());
        }

        return !result.HasError;
    }

    /// <summary>The app's own code for a code of the service, such as <c>zh_chs</c>.</summary>
    private static string KnownOf(string code) =>
        code.StartsWith(TextLanguage.Chinese, StringComparison.OrdinalIgnoreCase) ? TextLanguage.Chinese
        : code.Equals(TextLanguage.English, StringComparison.OrdinalIgnoreCase) ? TextLanguage.English
        : TextLanguage.Other;

    private static bool IsPlace(CategorizedEntity entity) =>
        entity.ConfidenceScore >= SureOfPlace
        && (entity.Category == EntityCategory.Location || entity.Category == EntityCategory.Address || entity.SubCategory is { } exact && PlaceKinds.Contains(exact));

    /// <summary>The name on one line; null when it is none, or holds something that had or has to be redacted.</summary>
    private static string? NameOf(string text)
    {
        var name = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return name.Length is > 0 and <= LongestPlace && !Redactor.Redact(name).Contains('[', StringComparison.Ordinal) ? name : null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The language service failed with status {Status}, {Code}; the case goes on with what the city found by itself")]
    private partial void LogUnreachable(int status, string code);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The language service refused a document with {Code}; for it stands what the city found by itself")]
    private partial void LogRefused(string code);
}
