using Azure;
using Azure.Data.Tables;
using CityBrain.Embedded.Tables.Filters;
using CityBrain.Embedded.Tables.Sqlite;

namespace CityBrain.Embedded.Tests.Tables;

/// <summary>What the store does beneath the API: index ranges, restarts, concurrency.</summary>
public sealed class TableStoreTests : IDisposable
{
    private readonly TableServer _server = new(onLoopback: true);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData("PartitionKey eq 'a'", "(table_id=? AND pk=? AND rk>?)")]
    [InlineData("PartitionKey eq 'a' and RowKey ge 'b' and N eq 1", "(table_id=? AND pk=? AND rk>?)")]
    [InlineData("PartitionKey eq 'a' and RowKey ge 'b' and RowKey lt 'c'", "(table_id=? AND pk=? AND rk>? AND rk<?)")]
    [InlineData("(N eq 1 or N eq 2) and PartitionKey eq 'a' and not (RowKey eq 'x')", "(table_id=? AND pk=? AND rk>?)")]
    [InlineData("PartitionKey gt 'a' and PartitionKey le 'b'", "(table_id=? AND pk>? AND pk<?)")]
    [InlineData("PartitionKey eq 'a' or PartitionKey eq 'b'", "(table_id=? AND pk>? AND pk<?)")]
    [InlineData("N eq 1", "(table_id=? AND pk>?)")]
    public async Task Query_KeysInFilter_BecomeARangeOfTheIndex(string filter, string expected)
    {
        await NewTable();
        Assert.Equal($"SEARCH tables_entity USING PRIMARY KEY {expected}", Plan(filter, null));
    }

    [Fact]
    public async Task Query_NextPage_BeginsAtItsRow()
    {
        await NewTable();
        var position = new RowPosition([1], [2]);
        Assert.Equal("SEARCH tables_entity USING PRIMARY KEY (table_id=? AND (pk,rk)>(?,?))", Plan("N eq 1", position));
        Assert.Equal("SEARCH tables_entity USING PRIMARY KEY (table_id=? AND pk=? AND rk>?)", Plan("PartitionKey eq 'a'", position));
    }

    [Fact]
    public async Task Query_FewMatchesInALongWalk_PagesGoOnUntilTheEnd()
    {
        var table = await NewTable();
        await Parallel.ForEachAsync(Enumerable.Range(0, (EntityScan.LongestWalk / 100) + 2), Cancellation, async (batch, _) => await table.SubmitTransactionAsync(
            Enumerable.Range(0, 100).Select(i => new TableTransactionAction(TableTransactionActionType.UpsertReplace, new TableEntity($"{batch:0000}", $"{i:00}") { ["N"] = i })), Cancellation));
        var (pages, found) = (0, 0);
        await foreach (var page in table.QueryAsync<TableEntity>($"N eq 99 and PartitionKey ge '{EntityScan.LongestWalk / 100:0000}' or N eq -1", cancellationToken: Cancellation).AsPages())
        {
            (pages, found) = (pages + 1, found + page.Values.Count);
        }

        Assert.Equal((2, 2), (pages, found));
    }

    [Fact]
    public async Task Restart_WhatWasWritten_IsThereWithItsEtag()
    {
        var table = await NewTable();
        var etag = (await table.AddEntityAsync(new TableEntity("p", "r") { ["N"] = 1 }, Cancellation)).Headers.ETag;
        var reopened = _server.Reopen().GetTableClient("cases");
        var read = (await reopened.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Cancellation)).Value;
        Assert.Equal((1, etag!.Value), (read.GetInt32("N")!.Value, read.ETag));
        Assert.NotEqual(etag.Value, (await reopened.UpdateEntityAsync(read, read.ETag, cancellationToken: Cancellation)).Headers.ETag!.Value);
    }

    [Fact]
    public async Task Kill_WithoutClosing_EverythingAnsweredIsThere()
    {
        var table = await NewTable();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => table.AddEntityAsync(new TableEntity("p", $"{i:000}"), Cancellation)));
        await table.SubmitTransactionAsync(Enumerable.Range(0, 50).Select(i => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("q", $"{i:000}"))), Cancellation);

        // What a killed process leaves behind: the file and its log, as they are now.
        var left = Path.Combine(Directory.CreateTempSubdirectory("citybrain-").FullName, "city.db");
        File.Copy(_server.File, left);
        File.Copy(_server.File + "-wal", left + "-wal");
        using var next = new TableServer(file: left);
        var found = 0;
        await foreach (var _ in next.Client.GetTableClient("cases").QueryAsync<TableEntity>(cancellationToken: Cancellation))
        {
            found++;
        }

        Assert.Equal(250, found);
    }

    [Fact]
    public async Task ConcurrentInserts_OfOneEntity_OneWins()
    {
        var table = await NewTable();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 64).Select(async i =>
        {
            try
            {
                return (await table.AddEntityAsync(new TableEntity("p", "r") { ["N"] = i }, Cancellation)).Status;
            }
            catch (RequestFailedException refused)
            {
                return refused.Status;
            }
        }));
        Assert.Equal((1, 63), (outcomes.Count(status => status == 204), outcomes.Count(status => status == 409)));
    }

    [Fact]
    public async Task ConcurrentTransactions_OnTheSameEntities_NeverMix()
    {
        var table = await NewTable();
        await Task.WhenAll(Enumerable.Range(0, 64).Select(i => table.SubmitTransactionAsync(
            Enumerable.Range(0, 5).Select(k => new TableTransactionAction(TableTransactionActionType.UpsertReplace, new TableEntity("p", $"{k}") { ["N"] = i })), Cancellation)));
        var numbers = new HashSet<int?>();
        await foreach (var entity in table.QueryAsync<TableEntity>(cancellationToken: Cancellation))
        {
            numbers.Add(entity.GetInt32("N"));
        }

        Assert.Single(numbers);
    }

    [Fact]
    public async Task ConcurrentUpdates_WithEtags_LoseNothing()
    {
        var table = await NewTable();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["N"] = 0 }, Cancellation);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(
            async () =>
            {
                for (var done = 0; done < 20;)
                {
                    var entity = (await table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Cancellation)).Value;
                    entity["N"] = entity.GetInt32("N")!.Value + 1;
                    try
                    {
                        await table.UpdateEntityAsync(entity, entity.ETag, TableUpdateMode.Replace, Cancellation);
                        done++;
                    }
                    catch (RequestFailedException stale) when (stale.Status == 412)
                    {
                    }
                }
            },
            Cancellation)));
        Assert.Equal(320, (await table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Cancellation)).Value.GetInt32("N"));
    }

    private async Task<TableClient> NewTable()
    {
        var table = _server.Client.GetTableClient("cases");
        await table.CreateIfNotExistsAsync(Cancellation);
        return table;
    }

    private string Plan(string filter, RowPosition? position)
    {
        var (sql, arguments) = EntityScan.Statement(1, Filter.Parse(filter).Range, position, false, 10);
        return Assert.Single(_server.Store.Read(session => session.Query("EXPLAIN QUERY PLAN " + sql, row => row.GetString(3), arguments)));
    }
}
