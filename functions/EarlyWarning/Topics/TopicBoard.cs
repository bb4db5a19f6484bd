using System.Globalization;
using Azure.Data.Tables;
using CityBrain.Cases;

namespace CityBrain.EarlyWarning.Topics;

/// <summary>
/// The topics as they are shown: written by the one writer of topics, read by anybody. Those that take no more cases lie apart, so that a list reads no more
/// than what people write of now.
/// </summary>
public sealed class TopicBoard(CityTables tables)
{
    private const string Now = "now";
    private const string Past = "past";
    private const int MostRows = 100;

    /// <summary>Writes views.</summary>
    public async Task WriteAsync(IEnumerable<TopicView> views, CancellationToken cancellationToken)
    {
        var byPart = views.ToLookup(view => view.State is TopicState.Active ? Now : Past);
        foreach (var batch in byPart.SelectMany(part => part.Select(view => RowOf(view, part.Key)).Chunk(MostRows)))
        {
            await tables.Topics.SubmitTransactionAsync(batch.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)), cancellationToken);
        }

        foreach (var ended in byPart[Past])
        {
            await tables.Topics.DeleteEntityAsync(Now, KeyOf(ended.Id), cancellationToken: cancellationToken);
        }
    }

    /// <summary>A topic, whatever became of it; null when there is none.</summary>
    public async Task<TopicView?> FindAsync(int id, CancellationToken cancellationToken) =>
        await tables.Topics.FindAsync<TopicView>(Now, KeyOf(id), cancellationToken) ?? await tables.Topics.FindAsync<TopicView>(Past, KeyOf(id), cancellationToken);

    /// <summary>Topics that take cases, of which somebody wrote since an instant, and that have so many cases.</summary>
    public IAsyncEnumerable<TopicView> ListAsync(DateTimeOffset since, int members, CancellationToken cancellationToken) =>
        tables.Topics.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Now} and Members ge {members} and Last ge {since.UtcDateTime}"),
            cancellationToken: cancellationToken).Select(StoredJson.Read<TopicView>);

    private static TableEntity RowOf(TopicView view, string partition) => StoredJson.Write(
        new TableEntity(partition, KeyOf(view.Id)) { ["State"] = view.State.ToString(), ["Members"] = view.Members, ["Last"] = (view.Last ?? DateTimeOffset.UnixEpoch).ToUniversalTime() },
        view);

    private static string KeyOf(int id) => id.ToString("D10", CultureInfo.InvariantCulture);
}
