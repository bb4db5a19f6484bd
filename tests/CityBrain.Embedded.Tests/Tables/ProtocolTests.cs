using System.Text;
using FsCheck.Fluent;

namespace CityBrain.Embedded.Tests.Tables;

/// <summary>Requests that the official clients do not send, or not in this form, byte by byte.</summary>
public sealed class ProtocolTests : IAsyncLifetime
{
    private const string One = "/city/cases(PartitionKey='p',RowKey='r')";
    private readonly TableServer _server = new(onLoopback: true);
    private readonly RawTableClient _raw;

    public ProtocolTests() => _raw = new(_server);

    public async ValueTask InitializeAsync() => await _server.Client.CreateTableAsync("cases", TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        _server.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("/cases(PartitionKey='it''s',RowKey='a%20b%2C+%3D')")]
    [InlineData("/city/cases(PartitionKey='it%27%27s',RowKey='a%20b%2c%2b%3d')")]
    [InlineData("/city/cases(RowKey='a%20b,+=',PartitionKey='it''s')")]
    [InlineData("/city/cases(PartitionKey='it''s',%20RowKey='a%20b,+=')")]
    [InlineData("/city/CASES(PartitionKey%3D%27it%27%27s%27,RowKey='%61%20b,+=')")]
    [InlineData("http://localhost/city/cases(PartitionKey='it''s',RowKey='a%20b,+=')")]
    public async Task Get_KeysInAnyEncoding_FindsTheEntity(string target)
    {
        await _raw.SendAsync("POST", "/cases", """{"PartitionKey":"it's","RowKey":"a b,+=","N":1}""");
        var signed = target.StartsWith("http", StringComparison.Ordinal) ? target["http://localhost".Length..] : target;
        var answer = await _raw.SendUnsignedAsync("GET", target, [], $"x-ms-date: {_raw.Date:r}", "Authorization: " + _raw.Authorization("GET", signed));
        Assert.Equal(200, answer.Status);
        Assert.Contains("\"N\":1", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/cases(")]
    [InlineData("/cases(PartitionKey='p')")]
    [InlineData("/cases(PartitionKey='p',RowKey='r'")]
    [InlineData("/cases(PartitionKey='p',RowKey='r)")]
    [InlineData("/cases(PartitionKey='p',RowKey='r',RowKey='r')")]
    [InlineData("/cases(PartitionKey=p,RowKey=r)")]
    [InlineData("/cases('p')")]
    [InlineData("/cases(PartitionKey='it's',RowKey='r')")]
    [InlineData("/cases(PartitionKey='%FF',RowKey='r')")]
    [InlineData("/cases(PartitionKey='%ED%A0%80',RowKey='r')")]
    [InlineData("/cases(PartitionKey='%4',RowKey='r')")]
    [InlineData("/city/cases/more")]
    [InlineData("/town/cases")]
    [InlineData("/$metadata")]
    [InlineData("/Tables(cases)")]
    [InlineData("/()")]
    [InlineData("/cases?$filter=%zz")]
    public async Task Get_TargetOfNothing_InvalidUri(string target) => Assert.Equal("400 InvalidUri", (await _raw.SendAsync("GET", target)).Error);

    [Theory]
    [InlineData("/cases(PartitionKey='a%2Fb',RowKey='r')", "400 OutOfRangeInput")]
    [InlineData("/cases(PartitionKey='p',RowKey='r')", "404 ResourceNotFound")]
    [InlineData("/nothere(PartitionKey='p',RowKey='r')", "404 TableNotFound")]
    [InlineData("/nothere()", "404 TableNotFound")]
    [InlineData("/Tables('nothere')", "404 ResourceNotFound")]
    [InlineData("/cases?$orderby=RowKey", "501 NotImplemented")]
    [InlineData("/cases?$skip=1", "501 NotImplemented")]
    [InlineData("/cases?$top=0", "400 InvalidInput")]
    [InlineData("/cases?$top=1001", "400 InvalidInput")]
    [InlineData("/cases?$top=many", "400 InvalidInput")]
    [InlineData("/cases?NextPartitionKey=x&NextRowKey=y", "400 InvalidInput")]
    [InlineData("/cases?NextPartitionKey=1*&NextRowKey=1", "400 InvalidInput")]
    [InlineData("/cases?$filter=RowKey+is+'x'", "400 InvalidInput")]
    [InlineData("/cases?$format=application/atom%2Bxml", "415 AtomFormatNotSupported")]
    [InlineData("/cases?comp=other", "501 NotImplemented")]
    [InlineData("/", "501 NotImplemented")]
    [InlineData("/$batch", "405 UnsupportedHttpVerb")]
    public async Task Get_RefusedRequest_TellsItsCode(string target, string error) => Assert.Equal(error, (await _raw.SendAsync("GET", target)).Error);

    [Theory]
    [InlineData("OPTIONS", "/cases")]
    [InlineData("HEAD", "/cases")]
    [InlineData("PUT", "/cases")]
    [InlineData("BREW", One)]
    [InlineData("POST", One)]
    [InlineData("PATCH", "/Tables")]
    [InlineData("PUT", "/Tables('cases')")]
    public async Task Request_MethodThatTheResourceLacks_Gives405(string method, string target) => Assert.Equal("405 UnsupportedHttpVerb", (await _raw.SendAsync(method, target)).Error);

    [Theory]
    [InlineData("PUT", "")]
    [InlineData("PATCH", "")]
    [InlineData("MERGE", "")]
    [InlineData("POST", "X-HTTP-Method: MERGE")]
    [InlineData("POST", "X-HTTP-Method: PUT")]
    public async Task Write_EachMethod_UpsertsWithoutIfMatchAndUpdatesWithIt(string method, string header)
    {
        string[] headers = header.Length > 0 ? [header] : [];
        Assert.Equal("404 ResourceNotFound", (await _raw.SendAsync(method, One, "{\"N\":1}", [.. headers, "If-Match: *"])).Error);
        var first = await _raw.SendAsync(method, One, "{\"N\":1}", headers);
        Assert.Equal((204, ""), (first.Status, first.Body));
        Assert.Equal(204, (await _raw.SendAsync(method, One, "{\"M\":2}", [.. headers, "If-Match: " + first.Header("ETag")])).Status);
        Assert.Equal("412 UpdateConditionNotSatisfied", (await _raw.SendAsync(method, One, "{\"M\":3}", [.. headers, "If-Match: " + first.Header("ETag")])).Error);
        var merges = method is "PATCH" or "MERGE" || header.EndsWith("MERGE", StringComparison.Ordinal);
        var stored = (await _raw.SendAsync("GET", One)).Body;
        Assert.Equal((merges, true), (stored.Contains("\"N\":1", StringComparison.Ordinal), stored.Contains("\"M\":2", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("A+or+", 499, 200)]
    [InlineData("A+or+", 500, 400)]
    [InlineData("A+or+", 12_000, 400)]
    [InlineData("A+and+", 10_000, 400)]
    [InlineData("not+", 12_000, 400)]
    [InlineData("(", 60_000, 400)]
    public async Task Query_FilterOfManyTerms_IsRefusedBeyond500(string term, int count, int status) =>
        Assert.Equal(status, (await _raw.SendAsync("GET", "/cases?$filter=" + string.Concat(Enumerable.Repeat(term, count)) + "A")).Status);

    [Fact]
    public async Task Write_EmptyIfMatch_IsNoUpsert() => Assert.Equal("400 InvalidInput", (await _raw.SendAsync("PUT", One, "{}", "If-Match:")).Error);

    [Fact]
    public async Task Write_KeysInTheBodyOfAnotherEntity_InvalidInput() =>
        Assert.Equal("400 InvalidInput", (await _raw.SendAsync("PUT", One, """{"PartitionKey":"q","RowKey":"r"}""")).Error);

    [Fact]
    public async Task Delete_WithoutIfMatch_IsRefused()
    {
        await _raw.SendAsync("PUT", One, "{}");
        Assert.Equal("400 MissingRequiredHeader", (await _raw.SendAsync("DELETE", One)).Error);
        Assert.Equal(204, (await _raw.SendAsync("DELETE", One, "", "If-Match: *")).Status);
    }

    [Theory]
    [InlineData(4 * 1024 * 1024, 204)]
    [InlineData((4 * 1024 * 1024) + 1, 413)]
    [InlineData(29_000_000, 413)]
    public async Task Write_BodyOfSize_IsRefusedBeyond4MiB(int size, int status)
    {
        var body = new byte[size];
        body.AsSpan().Fill((byte)' ');
        "{\"N\":1}"u8.CopyTo(body);
        Assert.Equal(status, (await _raw.SendAsync("PUT", One, body)).Status);
        Assert.Equal(status, (await _raw.SendAsync("PUT", One, Chunked(body), "Transfer-Encoding: chunked")).Status);
    }

    [Fact]
    public async Task Write_LengthBeyondWhatTheWebServerTakes_Gives413() =>
        Assert.Equal("413 RequestBodyTooLarge", (await _raw.SendAsync("PUT", One, "", "Content-Length: 4000000000")).Error);

    [Fact]
    public async Task Write_BrokenChunks_Gives400() =>
        Assert.Equal(400, (await _raw.SendAsync("PUT", One, "zz\r\n", "Transfer-Encoding: chunked")).Status);

    [Fact]
    public async Task Law_AnyDamageToATarget_IsAnsweredAndNeverAnInternalError()
    {
        await _raw.SendAsync("PUT", One, "{\"N\":1}");
        const string Good = One + "?$filter=N%20eq%201%20and%20PartitionKey%20ge%20'p'&$top=5&$select=N,RowKey&NextPartitionKey=1cA&NextRowKey=1cg";
        var damages = from at in Gen.Choose(1, Good.Length - 1) from length in Gen.Choose(0, 30) from put in Gen.Elements("", "'", "''", "(", ")", ",", "%", "%00", "%C3", "/", "//", "?", "&", "=", "not%20", "(((", "1e999", "99999999999L", "X'0'", "datetime'x'") select (at, length, put);
        foreach (var (at, length, put) in damages.Sample(300))
        {
            var damaged = Good[..at] + put + Good[Math.Min(at + length, Good.Length)..];
            var answer = await _raw.SendAsync("GET", damaged);
            Assert.True(answer.Status is 200 or 400 or 404 or 501, $"{answer.Status} for {damaged}");
        }
    }

    private static byte[] Chunked(byte[] body) => [.. Encoding.ASCII.GetBytes($"{body.Length:x}\r\n"), .. body, .. "\r\n0\r\n\r\n"u8];
}
