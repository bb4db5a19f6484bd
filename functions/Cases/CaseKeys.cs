using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CityBrain.Cases;

/// <summary>The keys by which cases are stored: one place for the layout of the table <c>Cases</c>.</summary>
/// <remarks>
/// A case, its history and its outbox share one partition, so one entity-group transaction changes all three. Partitions are 64 shards,
/// so a sweep reads the outbox of a shard as one range of row keys and never meets a case.
/// </remarks>
public static class CaseKeys
{
    /// <summary>Number of partitions.</summary>
    public const int Shards = 64;

    /// <summary>First row key of the outbox of a partition.</summary>
    public const string OutboxPrefix = "o|";

    /// <summary>First row key after the outbox of a partition.</summary>
    public const string OutboxEnd = "o}";

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
    public static string Partition(string caseId) => ShardName(ShardOf(caseId, Shards));

    /// <summary>The shard of a case among a number of shards: an id is a hash, so its first characters are spread evenly.</summary>
    public static int ShardOf(string caseId, int shards) =>
        ((Alphabet.IndexOf(caseId[0], StringComparison.Ordinal) * Alphabet.Length) + Alphabet.IndexOf(caseId[1], StringComparison.Ordinal)) % shards;

    /// <summary>Name of a shard, such as <c>0f</c>.</summary>
    public static string ShardName(int shard) => shard.ToString("x2", CultureInfo.InvariantCulture);

    /// <summary>Row of the case itself.</summary>
    public static string CaseRow(string caseId) => "c|" + caseId;

    /// <summary>Row of one step of the history.</summary>
    public static string HistoryRow(string caseId, int version) => $"h|{caseId}|{version:D6}";

    /// <summary>Row of one outbox entry.</summary>
    public static string OutboxRow(string caseId, int version) => $"{OutboxPrefix}{caseId}|{version:D6}";
}
