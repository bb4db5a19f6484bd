using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace CityBrain.Embedded.Tests.Tables;

/// <summary>Entity-group transactions.</summary>
public abstract partial class TableServiceTests
{
    [Fact]
    public async Task SubmitTransaction_EveryKindOfAction_AllAreDone()
    {
        var table = await NewTable();
        var etag = (await table.AddEntityAsync(new TableEntity("p", "update") { ["Old"] = 1 }, Cancellation)).Headers.ETag!.Value;
        await table.AddEntityAsync(new TableEntity("p", "replace") { ["Old"] = 1 }, Cancellation);
        await table.AddEntityAsync(new TableEntity("p", "delete"), Cancellation);
        var result = await table.SubmitTransactionAsync(
            [
                new(TableTransactionActionType.Add, new TableEntity("p", "add") { ["New"] = 2 }),
                new(TableTransactionActionType.UpdateMerge, new TableEntity("p", "update") { ["New"] = 2 }, etag),
                new(TableTransactionActionType.UpdateReplace, new TableEntity("p", "replace") { ["New"] = 2 }, ETag.All),
                new(TableTransactionActionType.Delete, new TableEntity("p", "delete")),
                new(TableTransactionActionType.UpsertMerge, new TableEntity("p", "upsert") { ["New"] = 2 }),
                new(TableTransactionActionType.UpsertReplace, new TableEntity("p", "城市") { ["New"] = 2 }),
            ],
            Cancellation);

        Assert.Equal(202, result.GetRawResponse().Status);
        Assert.All(result.Value, response => Assert.Equal(204, response.Status));
        var stored = await ToList(table.QueryAsync<TableEntity>(cancellationToken: Cancellation));
        Assert.Equal(["add", "replace", "update", "upsert", "城市"], stored.Select(entity => entity.RowKey));
        Assert.All(stored, entity => Assert.Equal(2, entity.GetInt32("New")));
        Assert.Equal("update", Assert.Single(stored, entity => entity.GetInt32("Old") == 1).RowKey);
        Assert.Equal(stored[0].ETag, result.Value[0].Headers.ETag);
    }

    [Fact]
    public async Task SubmitTransaction_OneActionRefused_NothingIsDoneAndTheIndexIsTold()
    {
        var table = await NewTable();
        var stale = (await table.AddEntityAsync(new TableEntity("p", "there") { ["N"] = 1 }, Cancellation)).Headers.ETag!.Value;
        await table.UpdateEntityAsync(new TableEntity("p", "there") { ["N"] = 2 }, stale, cancellationToken: Cancellation);
        await AssertTransactionFails(1, 409, TableErrorCode.EntityAlreadyExists, new(TableTransactionActionType.Add, new TableEntity("p", "there")));
        await AssertTransactionFails(1, 412, TableErrorCode.UpdateConditionNotSatisfied, new(TableTransactionActionType.UpdateReplace, new TableEntity("p", "there"), stale));
        await AssertTransactionFails(1, 404, TableErrorCode.ResourceNotFound, new(TableTransactionActionType.UpdateMerge, new TableEntity("p", "missing"), ETag.All));
        await AssertTransactionFails(1, 404, TableErrorCode.ResourceNotFound, new(TableTransactionActionType.Delete, new TableEntity("p", "missing")));
        Assert.Equal(2, Assert.Single(await ToList(table.QueryAsync<TableEntity>(cancellationToken: Cancellation))).GetInt32("N"));

        async Task AssertTransactionFails(int index, int status, TableErrorCode code, TableTransactionAction refused)
        {
            TableTransactionAction[] actions = [new(TableTransactionActionType.UpsertReplace, new TableEntity("p", "before")), refused, new(TableTransactionActionType.UpsertReplace, new TableEntity("p", "z-after"))];
            var failure = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(actions, Cancellation));
            Assert.Equal((index, status, code.ToString()), (failure.FailedTransactionActionIndex, failure.Status, failure.ErrorCode));
        }
    }

    [Fact]
    public async Task SubmitTransaction_SameEntityTwice_InvalidDuplicateRow()
    {
        var table = await NewTable();
        TableTransactionAction[] actions = [new(TableTransactionActionType.UpsertMerge, new TableEntity("p", "r")), new(TableTransactionActionType.UpsertMerge, new TableEntity("p", "r"))];
        await AssertFails(400, TableErrorCode.InvalidDuplicateRow, () => table.SubmitTransactionAsync(actions, Cancellation));
        Assert.Empty(await ToList(table.QueryAsync<TableEntity>(cancellationToken: Cancellation)));
    }

    [Fact]
    public async Task SubmitTransaction_Empty_ThrowsInvalidOperation()
    {
        var table = await NewTable();
        await Assert.ThrowsAsync<InvalidOperationException>(() => table.SubmitTransactionAsync([], Cancellation));
    }

    [Fact]
    public async Task SubmitTransaction_HundredEntities_AllAreDone()
    {
        var table = await NewTable();
        var result = await table.SubmitTransactionAsync(Enumerable.Range(0, 100).Select(i => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", $"{i:000}"))), Cancellation);
        Assert.Equal(100, result.Value.Count);
        Assert.Equal(100, (await ToList(table.QueryAsync<TableEntity>(cancellationToken: Cancellation))).Count);
    }

    [Fact]
    public async Task SubmitTransaction_KeysWithSpacesAndChinese_AreKept()
    {
        var table = await NewTable();
        const string Key = "a b, 100 % + 城市😀";
        await table.SubmitTransactionAsync([new(TableTransactionActionType.UpsertReplace, new TableEntity(Key, Key) { ["Text"] = "O'Brien & \"co\"\r\n--batch" })], Cancellation);
        Assert.Equal("O'Brien & \"co\"\r\n--batch", (await table.GetEntityAsync<TableEntity>(Key, Key, cancellationToken: Cancellation)).Value["Text"]);
    }
}
