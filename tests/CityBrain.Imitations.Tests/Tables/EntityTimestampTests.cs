using Azure.Data.Tables;

namespace CityBrain.Embedded.Tests.Tables;

public sealed class EntityTimestampTests
{
    [Fact]
    public async Task Timestamp_InAnAcceleratedCity_IsTheRealTimeOfTheWrite()
    {
        using var platform = new TestPlatform(clockSpeed: 100_000, clockStart: new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var table = new TableServiceClient(platform.Platform.ConnectionString).GetTableClient("Stamps");
        await table.CreateIfNotExistsAsync(TestContext.Current.CancellationToken);
        var before = TimeProvider.System.GetUtcNow();

        await table.AddEntityAsync(new TableEntity("p", "r"), TestContext.Current.CancellationToken);
        var read = await table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: TestContext.Current.CancellationToken);

        Assert.InRange(read.Value.Timestamp!.Value, before.AddSeconds(-1), before.AddMinutes(2));
    }
}
