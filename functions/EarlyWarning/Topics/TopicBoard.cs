using System.Globalization;
using Azure.Data.Tables;
using CityBrain.Cases;

namespace CityBrain.EarlyWarning.Topics;

/// <summary>The topics as they are shown: written by the one writer of topics, read by anybody.</summary>
public sealed class TopicBoard(CityTables tables)
{
    private const string Partition = "topic";
    private const int MostRows = 100;

    /// <summary>Writes views.</summary>
    public async Task WriteAsync(IEnumerable<TopicView> views, CancellationToken cancellationToken)
    {
        foreach (var batch in views.Select(RowOf).Chunk(MostRows))
        {
            await tables.Topics.SubmitTransactionAsync(batch.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)), cancellationToken);
        }
    }

    /// <summary>A topic, whatever became of it; null when there is none.</summary>
    public Task<TopicView?> FindAsync(int id, CancellationToken cancellationToken) => tables.Topics.FindAsync<TopicView>(Partition, KeyOf(id), cancellationToken);

    /// <summary>Topics of which somebody wrote since an instant, and that have so many cases.</summary>
    public IAsyncEnumerable<TopicView> ListAsync(DateTimeOffset since, int members, CancellationToken cancellationToken) =>
        tables.Topics.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and State ne {nameof(TopicState.Merged)} and Members ge {members} and Last ge {since.UtcDateTime}"),
            cancellationToken: cancellationToken).Select(StoredJson.Read<TopicView>);

    private static TableEntity RowOf(TopicView view) => StoredJson.Write(
        new TableEntity(Partition, KeyOf(view.Id)) { ["State"] = view.State.ToString(), ["Members"] = view.Members, ["Last"] = (view.Last ?? DateTimeOffset.UnixEpoch).ToUniversalTime() },
        view);

    private static string KeyOf(int id) => id.ToString("D10", CultureInfo.InvariantCulture);
}
