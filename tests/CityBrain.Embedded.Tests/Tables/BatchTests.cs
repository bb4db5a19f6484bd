using System.Text;
using Azure.Data.Tables;
using FsCheck.Fluent;

namespace CityBrain.Embedded.Tests.Tables;

/// <summary>Transactions byte by byte: forms that the official clients do not send, and broken ones.</summary>
public sealed class BatchTests : IAsyncLifetime
{
    private const string Type = "Content-Type: multipart/mixed; boundary=b";
    private const string Insert = "POST /city/cases HTTP/1.1\nPrefer: return-no-content\n\n{\"PartitionKey\":\"p\",\"RowKey\":\"1\"}";
    private const string Upsert = "PUT http://localhost/city/cases(PartitionKey='p',RowKey='2')?x=y HTTP/1.1\nContent-Type: application/json\n\n{\"N\":1}";
    private readonly TableServer _server = new(onLoopback: true);
    private readonly RawTableClient _raw;

    public BatchTests() => _raw = new(_server);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private TableClient Table => _server.Client.GetTableClient("cases");

    public async ValueTask InitializeAsync() => await Table.CreateAsync(Cancellation);

    public ValueTask DisposeAsync()
    {
        _server.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("\r\n", "multipart/mixed; boundary=b")]
    [InlineData("\n", "multipart/mixed; boundary=b")]
    [InlineData("\r\n", "Multipart/Mixed;charset=utf-8;boundary=\"b\"; x=y")]
    public async Task Batch_AnyLineEndAndBoundary_IsDone(string lineEnd, string type)
    {
        var answer = await _raw.SendAsync("POST", "/$batch", Batch(Insert, Upsert).Replace("\n", lineEnd, StringComparison.Ordinal), "Content-Type: " + type);
        Assert.Equal(202, answer.Status);
        Assert.Equal(2, answer.Body.Split("HTTP/1.1 204 No Content").Length - 1);
        Assert.Contains("Location: http://localhost/cases(PartitionKey='p',RowKey='1')", answer.Body, StringComparison.Ordinal);
        Assert.Equal(["1", "2"], await Rows());
    }

    [Fact]
    public async Task Batch_InsertThatWantsItsEntityBack_GetsIt()
    {
        var answer = await _raw.SendAsync("POST", "/$batch", Batch(Insert.Replace("Prefer: return-no-content\n", "", StringComparison.Ordinal)), Type);
        Assert.Contains("HTTP/1.1 201 Created", answer.Body, StringComparison.Ordinal);
        Assert.Contains("\"RowKey\":\"1\"", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST /cases(PartitionKey='p',RowKey='2') HTTP/1.1\nX-HTTP-Method: MERGE\nIf-Match: *\n\n{}", "404 Not Found", "1:The specified resource")]
    [InlineData("DELETE /cases(PartitionKey='p',RowKey='2') HTTP/1.1\n\n", "400 Bad Request", "1:An HTTP header")]
    [InlineData("PUT /cases(PartitionKey='p',RowKey='2') HTTP/1.1\nif-match: abc\n\n{}", "400 Bad Request", "1:One of the request inputs")]
    [InlineData("PUT /cases(PartitionKey='q',RowKey='2') HTTP/1.1\n\n{}", "400 Bad Request", "1:All commands")]
    [InlineData("PUT /others(PartitionKey='p',RowKey='2') HTTP/1.1\n\n{}", "400 Bad Request", "1:One of the request inputs")]
    [InlineData("PUT /cases(PartitionKey='p') HTTP/1.1\n\n{}", "400 Bad Request", "1:The requested URI")]
    [InlineData("GET /cases(PartitionKey='p',RowKey='2') HTTP/1.1\n\n", "405 Method Not Allowed", "1:The resource doesn't support")]
    [InlineData("PUT /cases(PartitionKey='p',RowKey='2') HTTP/1.1\n\n{\"A\":", "400 Bad Request", "1:One of the request inputs")]
    [InlineData("PUT /cases(PartitionKey='p',RowKey='2')", "400 Bad Request", "1:One of the request inputs")]
    [InlineData("", "400 Bad Request", "1:One of the request inputs")]
    public async Task Batch_OneActionOfNoUse_NothingIsDoneAndItsIndexIsTold(string action, string status, string text)
    {
        var answer = await _raw.SendAsync("POST", "/$batch", Batch(Insert, action), Type);
        Assert.Equal(202, answer.Status);
        Assert.Contains("HTTP/1.1 " + status, answer.Body, StringComparison.Ordinal);
        Assert.Contains("\"value\":\"" + text, answer.Body, StringComparison.Ordinal);
        Assert.Empty(await Rows());
    }

    [Theory]
    [InlineData("Content-Type: multipart/mixed; boundary=c", null)]
    [InlineData("Content-Type: multipart/mixed", null)]
    [InlineData("Content-Type: application/json", null)]
    [InlineData(Type, "")]
    [InlineData(Type, "--b")]
    [InlineData(Type, "--b--")]
    [InlineData(Type, "--b\n--b--")]
    [InlineData(Type, "--b\nContent-Type: multipart/mixed; boundary=c\n\n--c--\n--b--")]
    [InlineData(Type, "--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\nPOST /cases HTTP/1.1\n\n{\"PartitionKey\":\"p\",\"RowKey\":\"1\"}\n--b--")]
    [InlineData(Type, "--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\nPOST /cases HTTP/1.1\n\n{\"PartitionKey\":\"p\",\"RowKey\":\"1\"}\n--c--\n")]
    public async Task Batch_Broken_InvalidInputAndNothingIsDone(string type, string? body)
    {
        Assert.Equal("400 InvalidInput", (await _raw.SendAsync("POST", "/$batch", body ?? Batch(Insert), type, $"Content-Length: {(body ?? Batch(Insert)).Length}")).Error);
        Assert.Empty(await Rows());
    }

    [Fact]
    public async Task Batch_TwoChangeSets_InvalidInputAndNothingIsDone()
    {
        var one = Batch(Insert);
        Assert.Equal("400 InvalidInput", (await _raw.SendAsync("POST", "/$batch", one.Replace("--b--\n", "", StringComparison.Ordinal) + one, Type)).Error);
        Assert.Empty(await Rows());
    }

    [Fact]
    public async Task Batch_QueryInside_IsRefusedWithAWordWhatToDo()
    {
        var answer = await _raw.SendAsync("POST", "/$batch", "--b\nContent-Type: application/http\n\nGET /cases() HTTP/1.1\n\n\n--b--\n", Type);
        Assert.Equal("501 NotImplemented", answer.Error);
        Assert.Contains("send them by themselves", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Batch_BoundaryInsideAText_IsNoBoundary()
    {
        var text = "a --c b --c-- ";
        await _raw.SendAsync("POST", "/$batch", Batch($"PUT /cases(PartitionKey='p',RowKey='1') HTTP/1.1\n\n{{\"T\":\"{text}\"}}"), Type);
        Assert.Equal(text, (await Table.GetEntityAsync<TableEntity>("p", "1", cancellationToken: Cancellation)).Value["T"]);
    }

    [Fact]
    public async Task Law_AnyDamageToABatch_IsAnsweredAndNeverAnInternalError()
    {
        var good = Encoding.UTF8.GetBytes(Batch(Insert, Upsert));
        var damages = from at in Gen.Choose(0, good.Length - 1) from length in Gen.Choose(0, 40) from put in Gen.Elements("", "-", "\n", "\r\n\r\n", "--c", "%", "\"", "}", "\0", "é") select (at, length, put);
        foreach (var (at, length, put) in damages.Sample(300))
        {
            byte[] damaged = [.. good[..at], .. Encoding.UTF8.GetBytes(put), .. good[Math.Min(at + length, good.Length)..]];
            var answer = await _raw.SendAsync("POST", "/$batch", damaged, Type);
            Assert.True(answer.Status is 202 or 400 or 405 or 501, $"{answer.Status} for {Encoding.UTF8.GetString(damaged)}");
        }
    }

    private static string Batch(params string[] actions) =>
        "--b\nContent-Type: multipart/mixed; boundary=c\n\n" + string.Concat(actions.Select(action => $"--c\nContent-Type: application/http\nContent-Transfer-Encoding: binary\n\n{action}\n")) + "--c--\n--b--\n";

    private async Task<List<string>> Rows()
    {
        var rows = new List<string>();
        await foreach (var entity in Table.QueryAsync<TableEntity>(cancellationToken: Cancellation))
        {
            rows.Add(entity.RowKey);
        }

        return rows;
    }
}
