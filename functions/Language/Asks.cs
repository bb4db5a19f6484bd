using System.Text.RegularExpressions;

namespace CityBrain.Language;

/// <summary>One thing that a message asks for.</summary>
/// <param name="Text">The sentence that asks; of a message that asks for nothing in words, the message.</param>
/// <param name="About">The sentence before, where the ask itself says too little to know what it is about; else empty.</param>
public sealed record Ask(string Text, string About = "");

/// <summary>
/// Finds what a message asks for: its questions and the sentences that request something, each with what it is about. A message that only tells
/// is one ask: that somebody takes care of it. Chinese and English. Pure; linear in the text.
/// </summary>
public static partial class Asks
{
    /// <summary>Most asks of a message; of more, the last count, for a message tells first and asks then.</summary>
    public const int Most = 8;

    // An ask with fewer characters, such as 请尽快处理, does not say of what it speaks; a Chinese character counts for two.
    private const int SaysEnough = 20;

    private const string SentenceEnds = "。！？!?；;\n";

    /// <summary>The asks of a message, in order, at least one.</summary>
    public static IReadOnlyList<Ask> Of(string title, string text)
    {
        var found = new List<Ask>();
        var before = title.Trim();
        foreach (var sentence in SentencesOf(text))
        {
            if (IsAsk(sentence) && found.TrueForAll(ask => ask.Text != sentence))
            {
                found.Add(new Ask(sentence, LengthOf(sentence) < SaysEnough ? before : ""));
            }

            before = sentence;
        }

        return found.Count > 0 ? [.. found.TakeLast(Most)] : [new Ask($"{title}\n{text}".Trim())];
    }

    /// <summary>The sentences of a text without the white space around them: cut at their ends, at line ends, and before a number that begins a point.</summary>
    internal static IEnumerable<string> SentencesOf(string text)
    {
        var start = 0;
        for (var at = 0; at < text.Length; at++)
        {
            var ends = SentenceEnds.Contains(text[at], StringComparison.Ordinal) || (text[at] == '.' && (at + 1 == text.Length || char.IsWhiteSpace(text[at + 1])));
            if ((ends || BeginsPoint(text, at + 1)) && text[start..(at + 1)].Trim() is { Length: > 1 } sentence)
            {
                yield return sentence;
                start = at + 1;
            }
        }

        if (text[start..].Trim() is { Length: > 1 } rest)
        {
            yield return rest;
        }
    }

    private static bool IsAsk(string sentence) => (Wanted().IsMatch(sentence) || Question().IsMatch(sentence)) && LengthOf(Courtesy().Replace(sentence, "")) > 4;

    /// <summary>True where "2、" or "2." with a word after it begins.</summary>
    private static bool BeginsPoint(string text, int at) =>
        at > 0 && at + 2 < text.Length && text[at] is >= '1' and <= '9' && text[at + 1] is '、' or '．' && !char.IsAsciiDigit(text[at - 1]) && text[at - 1] != '.';

    private static int LengthOf(string text) => text.Sum(c => !char.IsLetterOrDigit(c) ? 0 : c >= '\u3400' ? 2 : 1);

    /// <summary>Something is requested.</summary>
    [GeneratedRegex(
        @"(?<![申聘邀宴])请(?![假客柬])|希望|盼望|恳求|(?<![按据合])要求|建议|[盼望](?:有关|相关|政府|领导|贵|上级|各级|尽[快早]|予以|给予|能|早日)|\bplease\b|\bkindly\b|\b(?:can|could|would|will) (?:you|the city|somebody|someone|anybody|anyone)\b|\b(?:i|we)(?: would|'d)? (?:like|want|ask|request|hope|demand)\b|\b(?:should|must|needs? to) be\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Wanted();

    /// <summary>Something is asked.</summary>
    [GeneratedRegex(
        @"[?？]$|能否|能不能|可否|可不可以|是否|何时|什么时候|为什么|为何|怎么办|如何|[吗呢]$|^(?:when|why|how|what|where|who|which)(?: long| much| many| soon)? (?:will|is|are|does|do|did|can|could|has|have|was|were|must|should)\b|\b(?:tell|let|inform) (?:me|us)(?: know)?\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Question();

    /// <summary>What is said for courtesy: a sentence of nothing else asks for nothing.</summary>
    [GeneratedRegex(
        @"请(?:尽快|及时)?(?:回复|答复|批示|关注|重视|谅解)|[盼望](?:尽快|及时|早日)?(?:回复|答复|复)(?:为盼)?|期待(?:您的|你的|领导的?)?(?:回复|答复)|希望(?:您|你|领导|能|得到|尽快|早日|给予|予以)*(?:回复|答复|重视|关注)|谢谢|感谢|为盼|您好|你好|尊敬的|领导|各位|please help(?: me| us)?|please (?:answer|reply)(?: soon)?|thank you(?: very much)?|thanks|in advance",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Courtesy();
}
