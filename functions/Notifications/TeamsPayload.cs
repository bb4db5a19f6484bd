using System.Text.Json;
using CityBrain.Resources;

namespace CityBrain.Notifications;

/// <summary>Makes what is posted to a webhook, and keeps it below the size that Teams is known to take.</summary>
public sealed class TeamsPayload(NoticeCards cards)
{
    /// <summary>Most bytes of a payload. The documented limit is about 28 KB; other senders report refusals from 21 KB on.</summary>
    public const int MaxBytes = 20_000;

    /// <summary>Most notices that a digest shows one by one: more is not read.</summary>
    public const int MostLines = 20;

    /// <summary>The payload of the waiting notices of one channel, at least one: a card for one, a digest for several.</summary>
    public byte[] Of(IReadOnlyList<Notice> notices, Texts texts)
    {
        for (var lines = Math.Min(MostLines, notices.Count); ; lines /= 2)
        {
            var card = notices is [var only] ? cards.Of(only, texts) : cards.Digest(notices, lines, texts);
            var payload = JsonSerializer.SerializeToUtf8Bytes(TeamsMessage.With(card), CityJson.Options);
            if (payload.Length <= MaxBytes || lines == 0)
            {
                return payload;
            }
        }
    }
}
