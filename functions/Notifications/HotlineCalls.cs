using System.Collections.Frozen;
using System.Text;
using CityBrain.Cases;
using CityBrain.Feedback;
using CityBrain.Resources;
using Microsoft.Extensions.Options;

namespace CityBrain.Notifications;

/// <summary>
/// Asks the hotline that took an appeal to call its reporter back 回访: it knows the person by its own number, so no personal data travels. What
/// came of the call comes back by <see cref="PostCallback"/>.
/// </summary>
public sealed class HotlineCalls(IOptions<Dictionary<string, HotlineOptions>> options, IOptions<TeamsOptions> site, FeedbackDesk desk, FeedbackTokens tokens, WebhookClient client)
{
    private readonly FrozenDictionary<string, HotlineOptions> _byChannel = options.Value.ToFrozenDictionary(hotline => hotline.Key, hotline => hotline.Value, StringComparer.OrdinalIgnoreCase);
    private readonly string _site = site.Value.PublicUrl.TrimEnd('/');

    /// <summary>True when any hotline takes calls.</summary>
    public bool Any => _byChannel.Count > 0;

    /// <summary>Asks for one call, unless the reporter has answered meanwhile or the channel has no hotline. Null, or the status with which it was refused for good.</summary>
    /// <exception cref="WebhookBusyException">The hotline takes nothing at the moment; ask again later.</exception>
    public async Task<int?> AskAsync(Notice notice, CancellationToken cancellationToken)
    {
        if (notice.FeedbackRound is not { } round
            || await desk.FindAsync(tokens.Create(notice.CaseId, round), cancellationToken) is not (var current, FeedbackStanding.Open)
            || !_byChannel.TryGetValue(current.Origin.Channel, out var hotline))
        {
            return null;
        }

        var headers = new Dictionary<string, string> { ["Idempotency-Key"] = notice.Id };
        if (hotline.Key is { Length: > 0 } key)
        {
            headers["x-api-key"] = key;
        }

        return await client.PostAsync(new Uri(hotline.Url), Encoding.UTF8.GetBytes(CityJson.Write(CallOf(current, notice.Id))), headers, cancellationToken);
    }

    private HotlineCall CallOf(Case current, string id)
    {
        var (round, texts) = (current.Feedback!, Texts.For(current.Language));
        var token = tokens.Create(current.Id, round.Number);
        return new HotlineCall(
            id,
            current.Id,
            current.Origin.Channel,
            current.Origin.SourceId,
            round.Number,
            round.Tries.Count,
            round.ExpiresAt,
            texts.Language,
            current.Reply?.Text,
            new Dictionary<string, string> { ["contacted"] = texts["FeedbackContacted"], ["solved"] = texts["FeedbackSolved"], ["satisfied"] = texts["FeedbackSatisfied"] },
            $"{_site}/api/callbacks/{token}");
    }
}

/// <summary>One request to call, as the hotline gets it.</summary>
/// <param name="Id">The same for the same request, also sent as <c>Idempotency-Key</c>.</param>
/// <param name="CaseId">The case.</param>
/// <param name="Channel">The channel that took the appeal.</param>
/// <param name="SourceId">The channel's own number of it, by which it knows whom to call.</param>
/// <param name="Round">Which round of asking.</param>
/// <param name="Try">Which try of the round, 1 for the first.</param>
/// <param name="ExpiresAt">Until when an answer is taken.</param>
/// <param name="Language">Of the questions: <c>en</c> or <c>zh</c>.</param>
/// <param name="Reply">The department's answer, redacted, to be read out.</param>
/// <param name="Questions">The three questions, asked one by one.</param>
/// <param name="Report">Where what came of the call is posted.</param>
public sealed record HotlineCall(
    string Id,
    string CaseId,
    string Channel,
    string SourceId,
    int Round,
    int Try,
    DateTimeOffset ExpiresAt,
    string Language,
    string? Reply,
    IReadOnlyDictionary<string, string> Questions,
    string Report);
