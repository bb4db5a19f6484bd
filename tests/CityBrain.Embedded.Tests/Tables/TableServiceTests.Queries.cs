using Azure.Data.Tables;

namespace CityBrain.Embedded.Tests.Tables;

/// <summary>Filters, order and paging.</summary>
public abstract partial class TableServiceTests
{
    private static readonly Guid SomeGuid = new("c9da6455-213d-42c9-9a79-3e9149a57833");
    private static readonly DateTimeOffset SomeTime = new(2026, 3, 5, 8, 30, 15, 123, TimeSpan.Zero);

    [Theory]
    [InlineData("PartitionKey eq 'a'", "a1 a2 a3")]
    [InlineData("PartitionKey eq 'a' and RowKey ge '2'", "a2 a3")]
    [InlineData("PartitionKey eq 'a' and RowKey gt '2'", "a3")]
    [InlineData("PartitionKey eq 'a' and RowKey ge '2' and RowKey lt '3'", "a2")]
    [InlineData("PartitionKey eq 'a' and RowKey le '2'", "a1 a2")]
    [InlineData("PartitionKey gt 'a'", "b1 c1")]
    [InlineData("PartitionKey ge 'a' and PartitionKey lt 'b'", "a1 a2 a3")]
    [InlineData("PartitionKey eq 'a' or PartitionKey eq 'c'", "a1 a2 a3 c1")]
    [InlineData("PartitionKey eq 'a' and (RowKey eq '1' or RowKey eq '3')", "a1 a3")]
    [InlineData("not (PartitionKey eq 'a')", "b1 c1")]
    [InlineData("RowKey eq '1'", "a1 b1 c1")]
    [InlineData("PartitionKey eq 'b' and PartitionKey eq 'c'", "")]
    [InlineData("Int eq 2", "a2")]
    [InlineData("Int ne 2", "a1 a3 b1")]
    [InlineData("Int gt 1 and Int le 3", "a2 a3")]
    [InlineData("Int gt -1", "a1 a2 a3 b1")]
    [InlineData("Long ge 9007199254740993L", "a2 a3 b1")]
    [InlineData("Double lt 1.75", "a1 b1")]
    [InlineData("Double gt 1", "a1 a2 a3")]
    [InlineData("Bool eq true", "a1 a3")]
    [InlineData("Bool", "a1 a3")]
    [InlineData("not Bool and PartitionKey eq 'a'", "a2")]
    [InlineData("Text eq 'it''s 1'", "a1")]
    [InlineData("Text ge 'it''s 2' and Text lt 'it''t'", "a2 a3")]
    [InlineData("Guid eq guid'c9da6455-213d-42c9-9a79-3e9149a57833'", "a1 a2 a3 b1")]
    [InlineData("Guid ne guid'c9da6455-213d-42c9-9a79-3e9149a57833'", "")]
    [InlineData("Time gt datetime'2026-03-05T08:30:15.123Z'", "a2 a3")]
    [InlineData("Time le datetime'2026-03-05T08:30:15.123Z'", "a1 b1")]
    [InlineData("Binary eq X'0102ff'", "a1 a2 a3 b1")]
    [InlineData("Timestamp gt datetime'2001-01-01T00:00:00Z'", "a1 a2 a3 b1 c1")]
    [InlineData("Timestamp lt datetime'2001-01-01T00:00:00Z'", "")]
    [InlineData("Missing eq 1", "")]
    [InlineData("Missing ne 'x'", "")]
    [InlineData("not (Missing eq 'x')", "a1 a2 a3 b1 c1")]
    [InlineData("Text eq 5", "")]
    [InlineData("(((Int eq 1)))or(Int eq 3)", "a1 a3 b1")]
    [InlineData("Int eq 1 or Int eq 2 and PartitionKey eq 'b'", "a1 b1")]
    public async Task QueryAsync_Filter_ReturnsTheMatchesInOrder(string filter, string expected)
    {
        var table = await NewTable();
        foreach (var (partition, row, n) in new[] { ("b", "1", 1), ("a", "3", 3), ("a", "1", 1), ("a", "2", 2) })
        {
            await table.AddEntityAsync(
                new TableEntity(partition, row)
                {
                    ["Int"] = n,
                    ["Long"] = 9007199254740991 + n + (partition == "b" ? 10 : 0),
                    ["Double"] = partition == "b" ? -0.5 : n + 0.5,
                    ["Bool"] = n % 2 == 1 && partition == "a",
                    ["Text"] = partition == "b" ? "other" : $"it's {n}",
                    ["Guid"] = SomeGuid,
                    ["Time"] = SomeTime.AddMilliseconds(n - 1),
                    ["Binary"] = new byte[] { 1, 2, 255 },
                },
                Cancellation);
        }

        await table.AddEntityAsync(new TableEntity("c", "1"), Cancellation);
        var found = await ToList(table.QueryAsync<TableEntity>(filter, cancellationToken: Cancellation));
        Assert.Equal(expected, string.Join(' ', found.Select(entity => entity.PartitionKey + entity.RowKey)));
    }

    [Theory]
    [InlineData("PartitionKey")]
    [InlineData("PartitionKey eq")]
    [InlineData("PartitionKey eq 'a")]
    [InlineData("(PartitionKey eq 'a'")]
    [InlineData("PartitionKey is 'a'")]
    [InlineData("Time eq datetime'yesterday'")]
    [InlineData("PartitionKey eq 'a' and")]
    public async Task QueryAsync_MalformedFilter_Gives400OrNothing(string filter)
    {
        var table = await NewTable();
        var failure = await Record.ExceptionAsync(() => ToList(table.QueryAsync<TableEntity>(filter, cancellationToken: Cancellation)));
        Assert.True(failure is null or Azure.RequestFailedException { Status: 400 or 500 or 501 }, failure?.ToString());
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData(7, 0)]
    [InlineData(1, 0)]
    [InlineData(5, 2)]
    public async Task QueryAsync_ManyPages_EveryEntityOnceInOrdinalOrder(int? pageSize, int remainder)
    {
        var table = await NewTable();
        string[] partitions = ["A", "B", "a", "b", "é", "城市", "😀", "\uE000"];
        await Parallel.ForEachAsync(partitions, Cancellation, async (partition, _) => await table.SubmitTransactionAsync(
            Enumerable.Range(0, 6).Select(i => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity(partition, $"{i}") { ["N"] = i % 3 })), Cancellation));

        var filter = pageSize == 5 ? $"N ne {remainder}" : null;
        var pages = new List<int>();
        var found = new List<string>();
        await foreach (var page in table.QueryAsync<TableEntity>(filter, pageSize, cancellationToken: Cancellation).AsPages())
        {
            pages.Add(page.Values.Count);
            found.AddRange(page.Values.Select(entity => entity.PartitionKey + "/" + entity.RowKey));
        }

        var expected = from partition in partitions.Order(StringComparer.Ordinal) from i in Enumerable.Range(0, 6) where filter is null || i % 3 != remainder select $"{partition}/{i}";
        Assert.Equal(expected, found);
        Assert.All(pages, count => Assert.True(count <= (pageSize ?? 1000)));
    }

    [Fact]
    public async Task QueryAsync_ContinuationToken_ResumesInAnotherQuery()
    {
        var table = await NewTable();
        await table.SubmitTransactionAsync(Enumerable.Range(0, 10).Select(i => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", $"{i}"))), Cancellation);
        var query = table.QueryAsync<TableEntity>("PartitionKey eq 'p'", cancellationToken: Cancellation);
        string? token = null;
        await foreach (var page in query.AsPages(pageSizeHint: 4))
        {
            token = page.ContinuationToken;
            break;
        }

        await table.DeleteEntityAsync("p", "4", cancellationToken: Cancellation);
        var rest = new List<string>();
        await foreach (var page in table.QueryAsync<TableEntity>("PartitionKey eq 'p'", cancellationToken: Cancellation).AsPages(token))
        {
            rest.AddRange(page.Values.Select(entity => entity.RowKey));
        }

        Assert.Equal(["5", "6", "7", "8", "9"], rest);
    }

    [Fact]
    public async Task QueryAsync_MoreThanThousand_PagesOfThousand()
    {
        var table = await NewTable();
        for (var batch = 0; batch < 11; batch++)
        {
            await table.SubmitTransactionAsync(Enumerable.Range(0, 100).Select(i => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", $"{(batch * 100) + i:0000}"))), Cancellation);
        }

        var pages = new List<int>();
        await foreach (var page in table.QueryAsync<TableEntity>(cancellationToken: Cancellation).AsPages())
        {
            pages.Add(page.Values.Count);
        }

        Assert.Equal([1000, 100], pages);
    }
}
