using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace CityBrain.Embedded.Tests.Tables;

/// <summary>What a caller can see of the service, the same for every server: single entities.</summary>
public abstract partial class TableServiceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract TableServiceClient Service { get; }

    [Fact]
    public async Task AddEntity_New_ReturnsTheEtagThatIsStored()
    {
        var table = await NewTable();
        var added = await table.AddEntityAsync(new TableEntity("p", "r") { ["Text"] = "hello" }, Cancellation);
        var read = await table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Cancellation);
        Assert.Equal(204, added.Status);
        Assert.Equal(added.Headers.ETag!.Value, read.Value.ETag);
        Assert.Equal("hello", read.Value.GetString("Text"));
        Assert.InRange(read.Value.Timestamp!.Value, DateTimeOffset.UtcNow.AddMinutes(-2), DateTimeOffset.UtcNow.AddMinutes(2));
    }

    [Fact]
    public async Task AddEntity_Exists_EntityAlreadyExists()
    {
        var table = await NewTable();
        await table.AddEntityAsync(new TableEntity("p", "r"), Cancellation);
        await AssertFails(409, TableErrorCode.EntityAlreadyExists, () => table.AddEntityAsync(new TableEntity("p", "r"), Cancellation));
    }

    [Fact]
    public async Task GetEntity_Missing_ResourceNotFound()
    {
        var table = await NewTable();
        await AssertFails(404, TableErrorCode.ResourceNotFound, () => table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Cancellation));
        var response = await table.GetEntityIfExistsAsync<TableEntity>("p", "r", cancellationToken: Cancellation);
        Assert.False(response.HasValue);
        Assert.Equal(404, response.GetRawResponse().Status);
    }

    [Fact]
    public async Task UpdateEntity_StaleEtag_UpdateConditionNotSatisfied()
    {
        var table = await NewTable();
        var stale = (await table.AddEntityAsync(new TableEntity("p", "r") { ["N"] = 1 }, Cancellation)).Headers.ETag!.Value;
        var fresh = (await table.UpdateEntityAsync(new TableEntity("p", "r") { ["N"] = 2 }, stale, TableUpdateMode.Replace, Cancellation)).Headers.ETag!.Value;
        Assert.NotEqual(stale, fresh);
        await AssertFails(412, TableErrorCode.UpdateConditionNotSatisfied, () => table.UpdateEntityAsync(new TableEntity("p", "r") { ["N"] = 3 }, stale, TableUpdateMode.Merge, Cancellation));
        await AssertFails(412, TableErrorCode.UpdateConditionNotSatisfied, () => table.UpdateEntityAsync(new TableEntity("p", "r") { ["N"] = 3 }, stale, TableUpdateMode.Replace, Cancellation));
        await AssertFails(412, TableErrorCode.UpdateConditionNotSatisfied, () => table.DeleteEntityAsync("p", "r", stale, Cancellation));
        var read = await table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Cancellation);
        Assert.Equal((2, fresh), (read.Value.GetInt32("N"), read.Value.ETag));
    }

    [Fact]
    public async Task UpdateEntity_AnyEtag_WritesWhatExistsOnly()
    {
        var table = await NewTable();
        await AssertFails(404, TableErrorCode.ResourceNotFound, () => table.UpdateEntityAsync(new TableEntity("p", "r"), ETag.All, TableUpdateMode.Replace, Cancellation));
        await AssertFails(404, TableErrorCode.ResourceNotFound, () => table.UpdateEntityAsync(new TableEntity("p", "r"), ETag.All, TableUpdateMode.Merge, Cancellation));
        await table.AddEntityAsync(new TableEntity("p", "r"), Cancellation);
        await table.UpdateEntityAsync(new TableEntity("p", "r") { ["N"] = 1 }, ETag.All, TableUpdateMode.Replace, Cancellation);
        Assert.Equal(1, (await table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Cancellation)).Value["N"]);
    }

    [Fact]
    public async Task UpdateEntity_DefaultEtag_ThrowsArgumentException()
    {
        var table = await NewTable();
        await Assert.ThrowsAsync<ArgumentException>(() => table.UpdateEntityAsync(new TableEntity("p", "r"), default, cancellationToken: Cancellation));
    }

    [Theory]
    [InlineData(TableUpdateMode.Merge, 1)]
    [InlineData(TableUpdateMode.Replace, null)]
    public async Task UpsertEntity_Exists_MergeKeepsOtherPropertiesAndReplaceDoesNot(TableUpdateMode mode, int? kept)
    {
        var table = await NewTable();
        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["Old"] = 1, ["Both"] = 1 }, mode, Cancellation);
        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["New"] = 2, ["Both"] = 2, ["Null"] = null! }, mode, Cancellation);
        var read = (await table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Cancellation)).Value;
        Assert.Equal((kept, 2, 2, false), (read.GetInt32("Old"), read.GetInt32("New"), read.GetInt32("Both"), read.ContainsKey("Null")));
    }

    [Fact]
    public async Task Etag_EveryWrite_Changes()
    {
        var table = await NewTable();
        var etags = new HashSet<ETag>();
        for (var i = 0; i < 20; i++)
        {
            etags.Add((await table.UpsertEntityAsync(new TableEntity("p", "r"), cancellationToken: Cancellation)).Headers.ETag!.Value);
        }

        Assert.Equal(20, etags.Count);
    }

    [Fact]
    public async Task DeleteEntity_ThenDeleteAgain_Gives204Then404WithoutException()
    {
        var table = await NewTable();
        await table.AddEntityAsync(new TableEntity("p", "r"), Cancellation);
        Assert.Equal(204, (await table.DeleteEntityAsync(new TableEntity("p", "r"), cancellationToken: Cancellation)).Status);
        Assert.Equal(404, (await table.DeleteEntityAsync("p", "r", cancellationToken: Cancellation)).Status);
    }

    [Theory]
    [InlineData("it's (a) key='x', 100 % & more; =+ä城市😀~!$*:@|^\"<>[]{}`")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("..")]
    [InlineData("a b%20c%2Fd+e")]
    public async Task Keys_AnyAllowedCharacter_AreKept(string key)
    {
        var table = await NewTable();
        await table.AddEntityAsync(new TableEntity(key, key) { ["N"] = 1 }, Cancellation);
        await table.UpdateEntityAsync(new TableEntity(key, key) { ["M"] = 2 }, ETag.All, TableUpdateMode.Merge, Cancellation);
        var read = (await table.GetEntityAsync<TableEntity>(key, key, cancellationToken: Cancellation)).Value;
        Assert.Equal((key, key, 1, 2), (read.PartitionKey, read.RowKey, read.GetInt32("N"), read.GetInt32("M")));
        var found = await ToList(table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {key} and RowKey eq {key}"), cancellationToken: Cancellation));
        Assert.Equal(key, Assert.Single(found).RowKey);
        Assert.Equal(204, (await table.DeleteEntityAsync(key, key, read.ETag == default ? ETag.All : found[0].ETag, Cancellation)).Status);
    }

    [Fact]
    public async Task Select_SomeProperties_ReturnsOnlyThose()
    {
        var table = await NewTable();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1, ["B"] = 2 }, Cancellation);
        var read = (await table.GetEntityAsync<TableEntity>("p", "r", ["A", "RowKey"], Cancellation)).Value;
        var found = Assert.Single(await ToList(table.QueryAsync<TableEntity>(select: ["A", "RowKey"], cancellationToken: Cancellation)));
        foreach (var entity in new[] { read, found })
        {
            Assert.Equal(["A", "RowKey", "odata.etag"], entity.Keys.Order(StringComparer.Ordinal));
        }
    }

    protected static async Task AssertFails(int status, TableErrorCode code, Func<Task> operation)
    {
        var failure = await Assert.ThrowsAnyAsync<RequestFailedException>(operation);
        Assert.Equal((status, code.ToString()), (failure.Status, failure.ErrorCode));
    }

    protected static async Task<List<T>> ToList<T>(AsyncPageable<T> pages)
        where T : notnull
    {
        var items = new List<T>();
        await foreach (var item in pages)
        {
            items.Add(item);
        }

        return items;
    }

    protected static string NewName() => "t" + Guid.NewGuid().ToString("N");

    protected async Task<TableClient> NewTable()
    {
        var table = Service.GetTableClient(NewName());
        await table.CreateAsync(Cancellation);
        return table;
    }
}
