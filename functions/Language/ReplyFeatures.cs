using System.Globalization;
using System.Text.RegularExpressions;

namespace CityBrain.Language;

/// <summary>What is measured of a message and its reply.</summary>
/// <param name="Title">Share of the title's weight that the reply says, 0 to 1.</param>
/// <param name="Details">Weight that message and reply share over the geometric mean of both, 0 to 1.</param>
/// <param name="Quote">Longest run of characters of the title that the reply repeats, over the title's length, 0 to 1.</param>
/// <param name="Asker">1: names the asker; -1: names another; 0: names none.</param>
/// <param name="Place">Share of the places named by both; -1 when both name some and share none; 0 when one names none.</param>
/// <param name="Early">1: bears no day but days before the message.</param>
/// <param name="Substance">ln(1 + characters of the reply that are no set phrase).</param>
/// <param name="Reasons">ln(1 + reasons and rules).</param>
/// <param name="Deeds">ln(1 + things done or found).</param>
/// <param name="Times">ln(1 + days, times, amounts).</param>
/// <param name="Points">ln(1 + points).</param>
/// <param name="Promises">1: promises something by a day.</param>
/// <param name="PassesOn">1: passes the message on.</param>
/// <param name="AskerKnown">True when the name of the asker is known.</param>
/// <param name="PlaceAsked">True when the message names a place.</param>
internal sealed record ReplyFeatures(
    double Title, double Details, double Quote, double Asker, double Place, double Early,
    double Substance, double Reasons, double Deeds, double Times, double Points, double Promises, double PassesOn, bool AskerKnown, bool PlaceAsked)
{
    private const int AddressWithin = 20;

    /// <summary>Measures a pair.</summary>
    public static ReplyFeatures Of(ReplyPair pair, NgramStatistics statistics)
    {
        var reply = pair.Reply;
        var whole = pair.Title + "\n" + pair.Text;
        var subject = pair.Title.Length > 0 ? pair.Title : pair.Text[..ClassifierFeatures.LeadOf(0, pair.Text.Length)];
        var (title, message, said) = (Weights(subject, statistics), Weights(whole, statistics), Weights(reply, statistics));
        var shared = message.Where(gram => said.ContainsKey(gram.Key)).Sum(gram => gram.Value);
        var both = Math.Sqrt(message.Values.Sum() * (double)said.Values.Sum());
        return new ReplyFeatures(
            Share(title, said),
            both > 0 ? shared / both : 0,
            Repeated(subject, reply),
            AskerOf(pair),
            PlaceOf(whole, reply),
            pair.Asked is { } asked && Dates(reply) is [_, ..] dates && dates.All(date => date < asked) ? 1 : 0,
            Math.Log(1 + ReplyPatterns.SetPhrases.Replace(reply, "").Count(char.IsLetterOrDigit)),
            Count(ReplyPatterns.Reason, reply),
            Count(ReplyPatterns.Done, reply),
            Count(ReplyPatterns.Time, reply),
            Count(ReplyPatterns.Points, reply),
            ReplyPatterns.Promise.IsMatch(reply) ? 1 : 0,
            ReplyPatterns.PassesOn.IsMatch(reply) ? 1 : 0,
            pair.Asker is { Length: > 1 },
            ReplyPatterns.Place().IsMatch(whole));
    }

    private static Dictionary<uint, float> Weights(string text, NgramStatistics statistics)
    {
        var counter = NgramStatistics.NewCounter();
        counter.Add(text, 1);
        var weights = new Dictionary<uint, float>(counter.Count);
        foreach (var bucket in counter.Buckets)
        {
            weights[bucket] = statistics.WeightOf(bucket);
        }

        return weights;
    }

    private static double Share(Dictionary<uint, float> part, Dictionary<uint, float> said)
    {
        var all = part.Values.Sum();
        return all > 0 ? part.Where(gram => said.ContainsKey(gram.Key)).Sum(gram => gram.Value) / all : 0;
    }

    /// <summary>Longest common substring over the title's length.</summary>
    private static double Repeated(string title, string reply)
    {
        var (lengths, longest) = (new int[reply.Length + 1], 0);
        foreach (var c in title)
        {
            for (var at = reply.Length; at > 0; at--)
            {
                lengths[at] = reply[at - 1] == c ? lengths[at - 1] + 1 : 0;
                longest = Math.Max(longest, lengths[at]);
            }
        }

        return title.Length > 0 ? (double)longest / title.Length : 0;
    }

    private static double AskerOf(ReplyPair pair)
    {
        if (pair.Asker is not { Length: > 1 } asker)
        {
            return 0;
        }

        return pair.Reply.Contains(asker, StringComparison.OrdinalIgnoreCase) ? 1
            : ReplyPatterns.Addressed().Matches(pair.Reply).Any(match => match.Index < AddressWithin) ? -1 : 0;
    }

    private static double PlaceOf(string message, string reply)
    {
        var asked = ReplyPatterns.Place().Matches(message).Select(match => match.Value).ToHashSet();
        var answered = ReplyPatterns.Place().Matches(reply).Select(match => match.Value).ToHashSet();
        if (asked.Count == 0 || answered.Count == 0)
        {
            return 0;
        }

        var shared = asked.Intersect(answered).Count();
        return shared == 0 ? -1 : (double)shared / Math.Min(asked.Count, answered.Count);
    }

    private static List<DateOnly> Dates(string reply) =>
    [
        .. ReplyPatterns.FullDate().Matches(reply)
            .Select(match => DateOnly.TryParseExact($"{match.Groups["year"]}-{match.Groups["month"]}-{match.Groups["day"]}", "yyyy-M-d", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : (DateOnly?)null)
            .OfType<DateOnly>(),
    ];

    private static double Count(Regex pattern, string text) => Math.Log(1 + pattern.Count(text));
}
