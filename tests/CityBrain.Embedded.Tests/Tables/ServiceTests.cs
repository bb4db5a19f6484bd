using Azure;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using CityBrain.Embedded.Tables;
using CityBrain.Embedded.Tables.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace CityBrain.Embedded.Tests.Tables;

/// <summary>The account as a whole: lists of tables, properties, statistics, policies, and the ways to put it on a server.</summary>
public sealed class ServiceTests : IDisposable
{
    private readonly TableServer _server = new(onLoopback: true);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Query_Tables_FiltersAndPages()
    {
        foreach (var name in new[] { "delta", "Alpha", "charlie", "bravo" })
        {
            await _server.Client.CreateTableAsync(name, Cancellation);
        }

        var pages = new List<string>();
        await foreach (var page in _server.Client.QueryAsync(maxPerPage: 3, cancellationToken: Cancellation).AsPages())
        {
            pages.Add(string.Join(' ', page.Values.Select(table => table.Name)));
        }

        Assert.Equal(["Alpha bravo charlie", "delta"], pages);
        Assert.Equal(["bravo", "charlie"], await Names("TableName ge 'b' and TableName lt 'd'"));
        Assert.Equal(["delta"], await Names(TableServiceClient.CreateQueryFilter($"TableName eq {"delta"}")));
        await Assert.ThrowsAsync<RequestFailedException>(() => Names("TableName is 'b'"));
    }

    [Fact]
    public async Task Get_OneTable_TellsItsName()
    {
        await _server.Client.CreateTableAsync("Alpha", Cancellation);
        var answer = await new RawTableClient(_server).SendAsync("GET", "/city/Tables('alpha')");
        Assert.Equal((200, "{\"odata.metadata\":\"http://localhost/city/$metadata#Tables/@Element\",\"TableName\":\"Alpha\"}"), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task Create_Table_AnswersTheNameUnlessNothingIsWanted()
    {
        var raw = new RawTableClient(_server);
        Assert.Equal((201, true), ((await raw.SendAsync("POST", "/Tables", "{\"TableName\":\"one\"}")) is var answer ? answer.Status : 0, answer.Body.Contains("\"TableName\":\"one\"", StringComparison.Ordinal)));
        Assert.Equal((204, ""), ((await raw.SendAsync("POST", "/Tables", "{\"TableName\":\"two\"}", "Prefer: return-no-content")) is var nothing ? nothing.Status : 0, nothing.Body));
        Assert.Equal("400 InvalidInput", (await raw.SendAsync("POST", "/Tables", "{\"TableName\":3}")).Error);
        Assert.Equal("400 InvalidInput", (await raw.SendAsync("POST", "/Tables", "{}")).Error);
    }

    [Fact]
    public async Task Properties_CanBeReadAndNotChanged()
    {
        var properties = (await _server.Client.GetPropertiesAsync(Cancellation)).Value;
        Assert.False(properties.Logging.Read || properties.HourMetrics.Enabled);
        await AssertNotImplemented(() => _server.Client.SetPropertiesAsync(properties, Cancellation));
    }

    [Fact]
    public async Task Statistics_OfTheSecondary_AreLive()
    {
        var answer = await new RawTableClient(_server).SendAsync("GET", "/city-secondary/?restype=service&comp=stats");
        Assert.Contains("<Status>live</Status>", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AccessPolicies_AreNoneAndCannotBeSet()
    {
        var table = _server.Client.GetTableClient("cases");
        var missing = await Assert.ThrowsAsync<RequestFailedException>(() => table.GetAccessPoliciesAsync(Cancellation));
        Assert.Equal((404, "TableNotFound"), (missing.Status, missing.ErrorCode));
        await table.CreateAsync(Cancellation);
        Assert.Empty((await table.GetAccessPoliciesAsync(Cancellation)).Value);
        await AssertNotImplemented(() => table.SetAccessPolicyAsync([new TableSignedIdentifier("all", new(null, null, "raud"))], Cancellation));
    }

    [Theory]
    [InlineData('城')]
    [InlineData('\'')]
    public async Task Keys_OfTheGreatestLength_PassTheWebServer(char character)
    {
        var table = _server.Client.GetTableClient("cases");
        await table.CreateAsync(Cancellation);
        var key = new string(character, 1024);
        await table.UpsertEntityAsync(new TableEntity(key, key), TableUpdateMode.Replace, Cancellation);
        Assert.Equal(key, (await table.GetEntityAsync<TableEntity>(key, key, cancellationToken: Cancellation)).Value.RowKey);
    }

    [Fact]
    public async Task MapTables_OnATestServer_ServesTheOfficialClient()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseTestServer();
        builder.Services.AddRoutingCore();
        await using var app = builder.Build();
        app.UseRouting();
        var account = new TableAccount(TableServer.AccountName, TableServer.Key);
        app.MapTables(new TableService(_server.Store), account);
        await app.StartAsync(Cancellation);
        var client = new TableServiceClient(account.ConnectionString(new("http://localhost")), new() { Transport = new HttpClientTransport(app.GetTestServer().CreateHandler()) });
        await client.CreateTableAsync("cases", Cancellation);
        await client.GetTableClient("cases").AddEntityAsync(new TableEntity("p", "r"), Cancellation);
        Assert.Equal("r", (await client.GetTableClient("cases").GetEntityAsync<TableEntity>("p", "r", cancellationToken: Cancellation)).Value.RowKey);
    }

    [Fact]
    public async Task Request_AfterTheStoreIsClosed_ServerBusy()
    {
        await _server.Client.CreateTableAsync("cases", Cancellation);
        _server.Store.Dispose();
        Assert.Equal("503 ServerBusy", (await new RawTableClient(_server).SendAsync("GET", "/cases()")).Error);
        Assert.Equal("503 ServerBusy", (await new RawTableClient(_server).SendAsync("PUT", "/cases(PartitionKey='p',RowKey='r')", "{}")).Error);
    }

    [Theory]
    [InlineData("City", TableServer.Key)]
    [InlineData("c", TableServer.Key)]
    [InlineData("city", "no Base64")]
    [InlineData("city", "c2hvcnQ=")]
    public void Account_NameOrKeyOfNoUse_ThrowsArgumentException(string name, string key) => Assert.Throws<ArgumentException>(() => new TableAccount(name, key));

    private static async Task AssertNotImplemented(Func<Task> change)
    {
        var failure = await Assert.ThrowsAsync<RequestFailedException>(change);
        Assert.Equal((501, "NotImplemented"), (failure.Status, failure.ErrorCode));
    }

    private async Task<List<string>> Names(string filter)
    {
        var names = new List<string>();
        await foreach (var table in _server.Client.QueryAsync(filter, cancellationToken: Cancellation))
        {
            names.Add(table.Name);
        }

        return names;
    }
}
