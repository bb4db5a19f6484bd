using Azure;
using Azure.Data.Tables;

namespace CityBrain.Embedded.Tests.Tables;

/// <summary>Who may ask: signatures as documented under "Authorize with Shared Key".</summary>
public sealed class AuthorizationTests : IDisposable
{
    private readonly TableServer _server = new(onLoopback: true);

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData("/Tables", false)]
    [InlineData("/Tables", true)]
    [InlineData("/city/Tables", false)]
    [InlineData("/city/Tables", true)]
    [InlineData("/city/Tables?$top=5", false)]
    [InlineData("/?restype=service&comp=properties", true)]
    [InlineData("/?restype=service&comp=properties", false)]
    [InlineData("/city-secondary/?restype=service&comp=stats", false)]
    public async Task Request_SignedWithTheKey_IsServed(string target, bool full) =>
        Assert.Equal(200, (await new RawTableClient(_server) { Full = full }.SendAsync("GET", target)).Status);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Request_SignedWithAnotherKey_AuthenticationFailed(bool full) =>
        Assert.Equal("403 AuthenticationFailed", (await new RawTableClient(_server) { Full = full, Key = Convert.ToBase64String(new byte[32]) }.SendAsync("GET", "/Tables")).Error);

    [Fact]
    public async Task Request_OfficialClientWithAnotherKey_AuthenticationFailed()
    {
        var client = new TableServiceClient(_server.ConnectionString.Replace(TableServer.Key, Convert.ToBase64String(new byte[32]), StringComparison.Ordinal));
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => client.CreateTableAsync("cases", TestContext.Current.CancellationToken));
        Assert.Equal((403, "AuthenticationFailed"), (failure.Status, failure.ErrorCode));
    }

    [Theory]
    [InlineData(-16, 403)]
    [InlineData(16, 403)]
    [InlineData(-14, 200)]
    [InlineData(14, 200)]
    public async Task Request_DatedMinutesFromNow_IsServedWithin15(int minutes, int status) =>
        Assert.Equal(status, (await new RawTableClient(_server) { Date = TimeProvider.System.GetUtcNow().AddMinutes(minutes) }.SendAsync("GET", "/Tables")).Status);

    [Fact]
    public async Task Request_WithoutAuthorization_Gives401() =>
        Assert.Equal("401 NoAuthenticationInformation", (await new RawTableClient(_server).SendUnsignedAsync("GET", "/Tables", [])).Error);

    [Theory]
    [InlineData("SharedKeyLite")]
    [InlineData("SharedKeyLite ")]
    [InlineData("SharedKeyLite city")]
    [InlineData("SharedKeyLite city:")]
    [InlineData("SharedKeyLite city:!")]
    [InlineData("SharedKeyLite city:AAAA")]
    [InlineData("SharedKeyLite village:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("SharedKey city:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("Bearer eyJ0")]
    [InlineData("Basic Y2l0eTpjaXR5")]
    public async Task Request_AuthorizationOfNoUse_AuthenticationFailed(string authorization) =>
        Assert.Equal("403 AuthenticationFailed", (await new RawTableClient(_server).SendUnsignedAsync("GET", "/Tables", [], $"x-ms-date: {TimeProvider.System.GetUtcNow():r}", "Authorization: " + authorization)).Error);

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2026-11-27T10:00:00Z")]
    public async Task Request_DateOfNoUse_AuthenticationFailed(string date) =>
        Assert.Equal("403 AuthenticationFailed", (await new RawTableClient(_server).SendUnsignedAsync("GET", "/Tables", [], "x-ms-date: " + date, "Authorization: SharedKeyLite city:AAAA")).Error);

    [Fact]
    public async Task Request_SignatureOfAnotherPath_AuthenticationFailed()
    {
        var client = new RawTableClient(_server);
        var answer = await client.SendUnsignedAsync("DELETE", "/Tables('cases')", [], $"x-ms-date: {client.Date:r}", "Authorization: " + client.Authorization("DELETE", "/Tables('drafts')"));
        Assert.Equal("403 AuthenticationFailed", answer.Error);
    }

    [Fact]
    public async Task Request_SharedAccessSignature_IsRefusedWithAWordWhatToDo()
    {
        var answer = await new RawTableClient(_server).SendUnsignedAsync("GET", "/cases()?sv=2020-12-06&sig=AAAA", []);
        Assert.Equal("403 AuthenticationFailed", answer.Error);
        Assert.Contains("sign with the account's key", answer.Body, StringComparison.Ordinal);
    }
}
