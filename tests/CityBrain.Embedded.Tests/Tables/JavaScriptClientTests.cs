using Azure.Data.Tables;

namespace CityBrain.Embedded.Tests.Tables;

/// <summary>The official JavaScript client against the same tables: what one client writes the other reads.</summary>
public sealed class JavaScriptClientTests : IDisposable
{
    private const string Key = "it's 城 100% a+b";
    private static readonly DateTimeOffset Time = new(2026, 3, 5, 8, 30, 15, 123, TimeSpan.Zero);
    private static readonly Guid SomeGuid = new("c9da6455-213d-42c9-9a79-3e9149a57833");
    private readonly TableServer _server = new(onLoopback: true);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task JavaScriptClient_EveryOperation_AgreesWithTheDotNetOne()
    {
        var table = _server.Client.GetTableClient("cases");
        await table.CreateAsync(Cancellation);
        await table.AddEntityAsync(
            new TableEntity("net", Key)
            {
                ["Text"] = "城市 'x' \"y\" 😀",
                ["Flag"] = true,
                ["Int"] = int.MinValue,
                ["Long"] = long.MaxValue,
                ["Double"] = 3.0,
                ["Time"] = Time,
                ["Guid"] = SomeGuid,
                ["Bytes"] = new byte[] { 0, 1, 255 },
            },
            Cancellation);
        await table.SubmitTransactionAsync(Enumerable.Range(0, 30).Select(n => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("many", $"{n:00}") { ["N"] = n, ["Long"] = (long)n })), Cancellation);

        await Npm.RunAsync("Tables/js", "tables.mjs", _server.ConnectionString);

        var read = (await table.GetEntityAsync<TableEntity>("js", Key, cancellationToken: Cancellation)).Value;
        Assert.Equal(("城市 'x' \"y\" 😀", true, -7, 9007199254740993L), (read["Text"], read["Flag"], read["Int"], read["Long"]));
        Assert.Equal((3.0, double.PositiveInfinity, 0.5), (read["Double"], read["Infinite"], read["Fraction"]));
        Assert.Equal((Time, SomeGuid), (read["Time"], read["Guid"]));
        Assert.Equal([0, 1, 255], read.GetBinary("Bytes"));
        Assert.False(read.ContainsKey("Nothing"));
    }
}
