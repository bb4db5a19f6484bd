using System.Net;
using System.Text;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Moq;

namespace CityBrain.Embedded.Tests.Tables;

/// <summary>The clients without a service: mocks, connection strings, tokens, filters.</summary>
public sealed class TableClientTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mock_OfClient_AnswersLikeTheOfficialOne()
    {
        var table = new Mock<TableClient>();
        table.Setup(client => client.GetEntityAsync<TableEntity>("p", "r", null, It.IsAny<CancellationToken>())).ReturnsAsync(Response.FromValue(new TableEntity("p", "r"), Mock.Of<Response>()));
        table.Setup(client => client.UpsertEntityAsync(It.IsAny<TableEntity>(), TableUpdateMode.Replace, It.IsAny<CancellationToken>())).ThrowsAsync(new RequestFailedException(412, "stale", "UpdateConditionNotSatisfied", null));
        var service = Mock.Of<TableServiceClient>(client => client.GetTableClient("cases") == table.Object);
        Assert.Equal("r", (await service.GetTableClient("cases").GetEntityAsync<TableEntity>("p", "r", cancellationToken: Cancellation)).Value.RowKey);
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => table.Object.UpsertEntityAsync(new TableEntity(), TableUpdateMode.Replace, Cancellation));
        Assert.True(failure.ErrorCode == TableErrorCode.UpdateConditionNotSatisfied);
    }

    [Theory]
    [InlineData("UseDevelopmentStorage=true", "http://127.0.0.1:10002/devstoreaccount1", "devstoreaccount1")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=city;AccountKey=a2V5;EndpointSuffix=core.windows.net", "https://city.table.core.windows.net/", "city")]
    [InlineData("AccountName=city;AccountKey=a2V5a2U=;TableEndpoint=https://tables.example.org/", "https://tables.example.org/", "city")]
    public void ConnectionString_OfAnAccount_GivesItsAddress(string connectionString, string address, string account)
    {
        var client = new TableServiceClient(connectionString);
        Assert.Equal((new Uri(address), account), (client.Uri, client.AccountName));
    }

    [Fact]
    public void ConnectionString_OfNothing_SaysWhatToWrite() =>
        Assert.Contains("Embedded={path}", Assert.Throws<FormatException>(() => new TableServiceClient("nonsense")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task TokenCredential_EveryRequest_CarriesTheTokenAndRetriesAreSignedAgain()
    {
        using var handler = new Recorder();
        var options = new TableClientOptions { Transport = new HttpClientTransport(handler), Retry = { Delay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(1) } };
        var table = new TableClient(new Uri("https://city.table.core.windows.net"), "cases", new FixedCredential(), options);
        await table.UpdateEntityAsync(new TableEntity("p", "it's 城") { ["N"] = 1L }, ETag.All, TableUpdateMode.Merge, Cancellation);
        Assert.Equal(2, handler.Requests.Count);
        Assert.All(handler.Requests, request => Assert.Equal(
            "PATCH https://city.table.core.windows.net/cases(PartitionKey='p',RowKey='it%27%27s%20%E5%9F%8E') Bearer token-of-https://storage.azure.com/.default * {\"PartitionKey\":\"p\",\"RowKey\":\"it\\u0027s \\u57CE\",\"N@odata.type\":\"Edm.Int64\",\"N\":\"1\"}",
            request));
    }

    [Fact]
    public void CreateQueryFilter_Values_AreQuotedAndEscaped()
    {
        var when = new DateTimeOffset(2026, 3, 5, 8, 30, 15, TimeSpan.FromHours(8));
        var guid = new Guid("c9da6455-213d-42c9-9a79-3e9149a57833");
        Assert.Equal(
            "S eq 'it''s' and I gt 5 and L eq 5L and D lt 1.5 and B eq true and T ge datetime'2026-03-05T00:30:15Z' and G eq guid'c9da6455-213d-42c9-9a79-3e9149a57833' and X eq X'01FF'",
            TableClient.CreateQueryFilter($"S eq {"it's"} and I gt {5} and L eq {5L} and D lt {1.5} and B eq {true} and T ge {when} and G eq {guid} and X eq {new byte[] { 1, 255 }}"));
        Assert.Throws<ArgumentException>(() => TableClient.CreateQueryFilter($"S eq {new object()}"));
    }

    [Fact]
    public void TableErrorCode_Comparisons_IgnoreCase()
    {
        Assert.True("resourcenotfound" == TableErrorCode.ResourceNotFound && TableErrorCode.ResourceNotFound == "ResourceNotFound");
        Assert.True((string?)null != TableErrorCode.ResourceNotFound && TableErrorCode.EntityNotFound != TableErrorCode.ResourceNotFound);
    }

    [Fact]
    public void TableEntity_Properties_AreTypedAndWidened()
    {
        var entity = new TableEntity("p", "r") { ["Long"] = 1L, ["Double"] = 1.5 };
        entity["Long"] = 2;
        entity["Double"] = 2;
        Assert.Equal((2L, 2.0, null), (entity.GetInt64("Long"), entity.GetDouble("Double"), entity.GetString("Missing")));
        Assert.Throws<InvalidOperationException>(() => entity.GetString("Long"));
    }

    private sealed class FixedCredential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new("token-of-" + requestContext.Scopes[0], DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }

    /// <summary>Answers 503 once, then 204.</summary>
    private sealed class Recorder : HttpMessageHandler
    {
        public List<string> Requests { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = Encoding.UTF8.GetString(await request.Content!.ReadAsByteArrayAsync(cancellationToken));
            Requests.Add($"{request.Method} {request.RequestUri!.AbsoluteUri} {request.Headers.Authorization} {string.Join(',', request.Headers.GetValues("If-Match"))} {body}");
            return new(Requests.Count == 1 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.NoContent) { Content = new ByteArrayContent([]) };
        }
    }
}
