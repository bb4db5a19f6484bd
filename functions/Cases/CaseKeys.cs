using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CityBrain.Cases;

/// <summary>The keys by which cases are stored: one place for the layout of the table <c>Cases</c>.</summary>
/// <remarks>
/// A case, its history, its outbox and the rows by which it is listed share one partition, so one entity-group transaction changes them all,
/// and what belongs to one case lies side by side. Partitions are 16 shards; in each, the outbox (<c>o|</c>), the lists (<c>i|</c>) and the
/// counters (<c>t|</c>) are ranges of row keys of their own, and no id of a case holds a bar.
/// </remarks>
public static class CaseKeys
{
    /// <summary>Number of partitions.</summary>
    public const int Shards = 16;

    /// <summary>First row key of the outbox of a partition.</summary>
    public const string OutboxPrefix = "o|";

    /// <summary>First row key after the outbox of a partition.</summary>
    public const string OutboxEnd = "o}";

    private const string CaseSuffix = "|c";

    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>The id of the case of (channel, source id): 20 characters, the same for the same pair, without meaning to an outsider.</summary>
    public static string CaseId(string channel, string sourceId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{channel.Length}:{channel}{sourceId}"), hash);
        Span<char> id = stackalloc char[20];
        for (var i = 0; i < id.Length; i++)
        {
            id[i] = Alphabet[hash[i] & 31];
        }

        return new string(id);
    }

    /// <summary>True when the text has the form of a case id.</summary>
    public static bool IsCaseId(string text) => text.Length == 20 && text.All(c => Alphabet.Contains(c, StringComparison.Ordinal));

    /// <summary>Partition of a case.</summary>
    public static string Partition(string caseId) => ShardName(ShardOf(caseId));

    /// <summary>The shard of a case: an id is a hash, so its characters are spread evenly.</summary>
    public static int ShardOf(string caseId) => Alphabet.IndexOf(caseId[1], StringComparison.Ordinal) % Shards;

    /// <summary>Name of a shard, such as <c>0f</c>.</summary>
    public static string ShardName(int shard) => shard.ToString("x2", CultureInfo.InvariantCulture);

    /// <summary>Names of all partitions.</summary>
    public static IEnumerable<string> ShardNames => Enumerable.Range(0, Shards).Select(ShardName);

    /// <summary>Row of the case itself.</summary>
    public static string CaseRow(string caseId) => caseId + CaseSuffix;

    /// <summary>Row of one step of the history.</summary>
    public static string HistoryRow(string caseId, int version) => $"{caseId}|h|{version:D6}";

    /// <summary>Row that says that another case was merged into this one.</summary>
    public static string SubscriberRow(string caseId, string subscriber) => $"{caseId}|s|{subscriber}";

    /// <summary>Row of one outbox entry.</summary>
    public static string OutboxRow(string caseId, int version) => $"{OutboxPrefix}{caseId}|{version:D6}";
}
