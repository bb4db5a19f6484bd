using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace CityBrain.Embedded.Tests.Tables;

/// <summary>The documented limits with their error codes. On the embedded tables alone: the emulator knows few of them, and with codes of its own.</summary>
public sealed class TableLimitsTests : IDisposable
{
    private readonly TableServer _server = new();
    private readonly TableClient _table;

    public TableLimitsTests() => _table = _server.Client.GetTableClient("limits");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData("ab", "OutOfRangeInput")]
    [InlineData("a-b", "InvalidResourceName")]
    [InlineData("1ab", "InvalidResourceName")]
    [InlineData("tables", "InvalidInput")]
    public async Task CreateTable_BadName_IsRefused(string name, string code) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<RequestFailedException>(() => _server.Client.CreateTableIfNotExistsAsync(name, Cancellation))).ErrorCode);

    [Theory]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a\tb")]
    [InlineData("a\u007Fb")]
    [InlineData("a\u0085b")]
    public async Task Key_ForbiddenCharacter_OutOfRangeInput(string key)
    {
        await AssertRefused(TableErrorCode.OutOfRangeInput, new TableEntity(key, "r"));
        await AssertRefused(TableErrorCode.OutOfRangeInput, new TableEntity("p", key));
    }

    [Fact]
    public async Task Key_LongerThan1024_KeyValueTooLarge()
    {
        await AssertAccepted(new TableEntity(new string('a', 1024), new string('b', 1024)));
        await AssertRefused(TableErrorCode.KeyValueTooLarge, new TableEntity(new string('a', 1025), "r"));
        await AssertRefused(TableErrorCode.KeyValueTooLarge, new TableEntity("p", new string('a', 1025)));
    }

    [Fact]
    public async Task Properties_MoreThan252_TooManyProperties()
    {
        await AssertAccepted(WithProperties(252));
        await AssertRefused(TableErrorCode.TooManyProperties, WithProperties(253));
    }

    [Fact]
    public async Task Merge_ThatExceeds252Together_TooManyPropertiesAndNothingIsWritten()
    {
        await AssertAccepted(WithProperties(252));
        var more = new TableEntity("p", "r") { ["P0"] = 99, ["Another"] = 1 };
        await AssertRefused(TableErrorCode.TooManyProperties, more, () => _table.UpsertEntityAsync(more, TableUpdateMode.Merge, Cancellation));
        Assert.Equal(0, (await _table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Cancellation)).Value["P0"]);
    }

    [Fact]
    public async Task Property_LargerThan64KiB_PropertyValueTooLarge()
    {
        await AssertAccepted(new TableEntity("p", "r") { ["Text"] = new string('城', 32 * 1024), ["Bytes"] = new byte[64 * 1024] });
        await AssertRefused(TableErrorCode.PropertyValueTooLarge, new TableEntity("p", "r") { ["Text"] = new string('a', (32 * 1024) + 1) });
        await AssertRefused(TableErrorCode.PropertyValueTooLarge, new TableEntity("p", "r") { ["Bytes"] = new byte[(64 * 1024) + 1] });
    }

    [Theory]
    [InlineData("a-b")]
    [InlineData("1a")]
    [InlineData("a b")]
    public async Task PropertyName_NoIdentifier_PropertyNameInvalid(string name) => await AssertRefused(TableErrorCode.PropertyNameInvalid, new TableEntity("p", "r") { [name] = 1 });

    [Fact]
    public async Task PropertyName_LongerThan255_PropertyNameTooLong() =>
        await AssertRefused(TableErrorCode.PropertyNameTooLong, new TableEntity("p", "r") { [new string('a', 256)] = 1 });

    [Fact]
    public async Task DateTime_Before1601_OutOfRangeInput() =>
        await AssertRefused(TableErrorCode.OutOfRangeInput, new TableEntity("p", "r") { ["When"] = DateTimeOffset.MinValue });

    [Fact]
    public async Task Entity_LargerThan1MiB_EntityTooLarge()
    {
        await AssertAccepted(WithBlocks(15));
        await AssertRefused(TableErrorCode.EntityTooLarge, WithBlocks(16));
    }

    [Fact]
    public async Task Transaction_MoreThan100Actions_InvalidInput() =>
        await AssertTransactionRefused(TableErrorCode.InvalidInput, 400, Enumerable.Range(0, 101).Select(i => new TableEntity("p", $"{i}")));

    [Fact]
    public async Task Transaction_TwoPartitions_NamesTheFirstOfTheOther()
    {
        var failure = await AssertTransactionRefused(TableErrorCode.CommandsInBatchActOnDifferentPartitions, 400, [new("p", "1"), new("p", "2"), new("q", "1")]);
        Assert.Equal(2, Assert.IsType<TableTransactionFailedException>(failure).FailedTransactionActionIndex);
    }

    [Fact]
    public async Task Transaction_LargerThan4MiB_RequestBodyTooLarge() =>
        await AssertTransactionRefused("RequestBodyTooLarge", 413, Enumerable.Range(0, 5).Select(i => new TableEntity(WithBlocks(15)) { RowKey = $"{i}" }));

    [Fact]
    public async Task Update_MalformedEtag_InvalidInput()
    {
        await AssertAccepted(new TableEntity("p", "r"));
        await AssertRefused(TableErrorCode.InvalidInput, new TableEntity("p", "r"), () => _table.UpdateEntityAsync(new TableEntity("p", "r"), new ETag("abc"), cancellationToken: Cancellation));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task Query_PageOutOfRange_InvalidInput(int size)
    {
        await _table.CreateIfNotExistsAsync(Cancellation);
        await Assert.ThrowsAsync<RequestFailedException>(async () =>
        {
            await foreach (var page in _table.QueryAsync<TableEntity>(maxPerPage: size, cancellationToken: Cancellation).AsPages())
            {
                Assert.Empty(page.Values);
            }
        });
    }

    private static TableEntity WithProperties(int count) => new(Enumerable.Range(0, count).ToDictionary(i => $"P{i}", object (i) => i)) { PartitionKey = "p", RowKey = "r" };

    private static TableEntity WithBlocks(int count) => new(Enumerable.Range(0, count).ToDictionary(i => $"P{i}", object (_) => new byte[64 * 1024])) { PartitionKey = "p", RowKey = "r" };

    private async Task AssertAccepted(TableEntity entity)
    {
        await _table.CreateIfNotExistsAsync(Cancellation);
        await _table.UpsertEntityAsync(entity, TableUpdateMode.Replace, Cancellation);
    }

    private async Task AssertRefused(TableErrorCode code, TableEntity entity, Func<Task>? write = null)
    {
        await _table.CreateIfNotExistsAsync(Cancellation);
        var failure = await Assert.ThrowsAsync<RequestFailedException>(write ?? (() => _table.UpsertEntityAsync(entity, TableUpdateMode.Replace, Cancellation)));
        Assert.Equal((400, code.ToString()), (failure.Status, failure.ErrorCode));
    }

    private async Task<RequestFailedException> AssertTransactionRefused(TableErrorCode code, int status, IEnumerable<TableEntity> entities)
    {
        await _table.CreateIfNotExistsAsync(Cancellation);
        var failure = await Assert.ThrowsAnyAsync<RequestFailedException>(() => _table.SubmitTransactionAsync(entities.Select(entity => new TableTransactionAction(TableTransactionActionType.UpsertReplace, entity)), Cancellation));
        Assert.Equal((status, code.ToString()), (failure.Status, failure.ErrorCode));
        Assert.False((await _table.GetEntityIfExistsAsync<TableEntity>("p", "1", cancellationToken: Cancellation)).HasValue);
        return failure;
    }
}
