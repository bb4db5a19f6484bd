using System.Text;
using FsCheck.Fluent;

namespace CityBrain.Embedded.Tests.Tables;

/// <summary>Entities as JSON: what is understood, what is refused, and how exactly they are answered.</summary>
public sealed class JsonTests : IAsyncLifetime
{
    private const string One = "/city/cases(PartitionKey='p',RowKey='r')";
    private readonly TableServer _server = new(onLoopback: true);
    private readonly RawTableClient _raw;

    public JsonTests() => _raw = new(_server);

    public async ValueTask InitializeAsync() => await _server.Client.CreateTableAsync("cases", TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        _server.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("""{"V":"3","V@odata.type":"Edm.Int64"}""", "\"V@odata.type\":\"Edm.Int64\",\"V\":\"3\"")]
    [InlineData("""{"V@odata.type":"Edm.Int64","X":1,"V":"-9223372036854775808"}""", "\"V@odata.type\":\"Edm.Int64\",\"V\":\"-9223372036854775808\"")]
    [InlineData("""{"V":"2026-03-05T08:30:15.1234567Z","V@odata.type":"Edm.DateTime"}""", "\"V@odata.type\":\"Edm.DateTime\",\"V\":\"2026-03-05T08:30:15.1234567Z\"")]
    [InlineData("""{"V":"2026-03-05T16:30:15+08:00","V@odata.type":"Edm.DateTime"}""", "\"V\":\"2026-03-05T08:30:15.0000000Z\"")]
    [InlineData("""{"V":"2026-03-05T08:30:15","V@odata.type":"Edm.DateTime"}""", "\"V\":\"2026-03-05T08:30:15.0000000Z\"")]
    [InlineData("""{"V":"C9DA6455-213D-42C9-9A79-3E9149A57833","V@odata.type":"Edm.Guid"}""", "\"V@odata.type\":\"Edm.Guid\",\"V\":\"c9da6455-213d-42c9-9a79-3e9149a57833\"")]
    [InlineData("""{"V":"AQL/","V@odata.type":"Edm.Binary"}""", "\"V@odata.type\":\"Edm.Binary\",\"V\":\"AQL/\"")]
    [InlineData("""{"V":3,"V@odata.type":"Edm.Double"}""", ",\"V\":3.0")]
    [InlineData("""{"V":"3","V@odata.type":"Edm.Double"}""", ",\"V\":3.0")]
    [InlineData("""{"V":-0.0}""", ",\"V\":-0.0")]
    [InlineData("""{"V":1e300}""", ",\"V\":1E+300")]
    [InlineData("""{"V":4294967296}""", ",\"V\":4294967296.0")]
    [InlineData("""{"V":"NaN","V@odata.type":"Edm.Double"}""", "\"V@odata.type\":\"Edm.Double\",\"V\":\"NaN\"")]
    [InlineData("""{"V":"-INF","V@odata.type":"Edm.Double"}""", "\"V@odata.type\":\"Edm.Double\",\"V\":\"-Infinity\"")]
    [InlineData("""{"V":"7","V@odata.type":"Edm.Int32"}""", ",\"V\":7")]
    [InlineData("""{"V":"true","V@odata.type":"Edm.Boolean"}""", ",\"V\":true")]
    [InlineData("""{"V":"城\u57CE😀\"\\","V@odata.type":"Edm.String"}""", ",\"V\":\"城城\\uD83D\\uDE00\\\"\\\\\"")]
    [InlineData("""{"V":"x","odata.etag":"W/x","Timestamp":"nonsense","odata.metadata":{"deep":[1]},"X@other":1}""", ",\"V\":\"x\"}")]
    public async Task Write_ValueOfAType_ComesBackInTheServicesForm(string body, string expected)
    {
        Assert.Equal(204, (await _raw.SendAsync("PUT", One, body)).Status);
        Assert.Contains(expected, (await _raw.SendAsync("GET", One)).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{} {}")]
    [InlineData("{\"A\":1,}")]
    [InlineData("{\"A\":{\"B\":1}}")]
    [InlineData("{\"A\":[1]}")]
    [InlineData("{\"A\":\"x\",\"A@odata.type\":\"Edm.Int64\"}")]
    [InlineData("{\"A\":\"x\",\"A@odata.type\":\"Edm.DateTime\"}")]
    [InlineData("{\"A\":\"x\",\"A@odata.type\":\"Edm.Guid\"}")]
    [InlineData("{\"A\":\"?\",\"A@odata.type\":\"Edm.Binary\"}")]
    [InlineData("{\"A\":1.5,\"A@odata.type\":\"Edm.Int32\"}")]
    [InlineData("{\"A\":true,\"A@odata.type\":\"Edm.Double\"}")]
    [InlineData("{\"A\":1,\"A@odata.type\":\"Edm.Stream\"}")]
    [InlineData("{\"A\":1,\"A@odata.type\":5}")]
    [InlineData("{\"A\":\"\\uD800\"}")]
    [InlineData("{\"PartitionKey\":1}")]
    public async Task Write_BodyOfNoUse_InvalidInput(string body) => Assert.Equal("400 InvalidInput", (await _raw.SendAsync("PUT", One, body, $"Content-Length: {Encoding.UTF8.GetByteCount(body)}")).Error);

    [Fact]
    public async Task Write_BytesThatAreNoUtf8_InvalidInput() => Assert.Equal("400 InvalidInput", (await _raw.SendAsync("PUT", One, [.. "{\"A\":\""u8, 0xFF, .. "\"}"u8])).Error);

    [Fact]
    public async Task Write_SamePropertyTwice_DuplicatePropertiesSpecified() =>
        Assert.Equal("400 DuplicatePropertiesSpecified", (await _raw.SendAsync("PUT", One, "{\"A\":1,\"A\":2}")).Error);

    [Fact]
    public async Task Write_PropertyWithoutAName_PropertyNameInvalid() => Assert.Equal("400 PropertyNameInvalid", (await _raw.SendAsync("PUT", One, "{\"\":1}")).Error);

    [Fact]
    public async Task Write_AHundredThousandProperties_AreRefusedAtOnce() =>
        Assert.Equal("400 TooManyProperties", (await _raw.SendAsync("PUT", One, "{" + string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"\"P{i}\":1")) + "}")).Error);

    [Fact]
    public async Task Law_AnyDamageToAnEntity_IsAnsweredAndNeverAnInternalError()
    {
        var good = Encoding.UTF8.GetBytes("""{"PartitionKey":"p","RowKey":"r","A":"城","B":1.5,"C":"5","C@odata.type":"Edm.Int64","D@odata.type":"Edm.Guid","D":"c9da6455-213d-42c9-9a79-3e9149a57833","E":null}""");
        var damages = from at in Gen.Choose(0, good.Length - 1) from length in Gen.Choose(0, 20) from put in Gen.Elements("", "\"", "\\", "\\uD800", "{", "[", "}", ",", ":", "\0", "é", "9e999", "@odata.type", "//") select (at, length, put);
        foreach (var (at, length, put) in damages.Sample(300))
        {
            byte[] damaged = [.. good[..at], .. Encoding.UTF8.GetBytes(put), .. good[Math.Min(at + length, good.Length)..]];
            var answer = await _raw.SendAsync("PUT", One, damaged);
            Assert.True(answer.Status is 204 or 400, $"{answer.Status} for {Encoding.UTF8.GetString(damaged)}");
            Assert.True(answer.Status == 400 || (await _raw.SendAsync("GET", One)).Status == 200);
        }
    }

    [Theory]
    [InlineData("{\"PartitionKey\":\"p\"}")]
    [InlineData("{\"RowKey\":\"r\"}")]
    [InlineData("{\"PartitionKey\":null,\"RowKey\":\"r\"}")]
    public async Task Insert_WithoutItsKeys_PropertiesNeedValue(string body) => Assert.Equal("400 PropertiesNeedValue", (await _raw.SendAsync("POST", "/cases", body)).Error);

    [Fact]
    public async Task Insert_WithAndWithoutPrefer_ReturnsTheEntityOrNothing()
    {
        var full = await _raw.SendAsync("POST", "/cases", """{"PartitionKey":"p","RowKey":"r","N":1}""");
        Assert.Equal(201, full.Status);
        Assert.Equal(full.Body, (await _raw.SendAsync("GET", One.Replace("/city", "", StringComparison.Ordinal))).Body);
        var empty = await _raw.SendAsync("POST", "/cases", """{"PartitionKey":"p","RowKey":"r2"}""", "Prefer: return-no-content");
        Assert.Equal((204, "", "return-no-content"), (empty.Status, empty.Body, empty.Header("Preference-Applied")));
        Assert.NotNull(empty.Header("ETag"));
    }

    [Theory]
    [InlineData("nometadata", "{\"PartitionKey\":\"p\",\"RowKey\":\"r\",\"Timestamp\":\"#\",\"L\":\"5\"}")]
    [InlineData("minimalmetadata", "{\"odata.metadata\":\"http://localhost/city/$metadata#cases/@Element\",\"odata.etag\":\"#\",\"PartitionKey\":\"p\",\"RowKey\":\"r\",\"Timestamp\":\"#\",\"L@odata.type\":\"Edm.Int64\",\"L\":\"5\"}")]
    [InlineData("fullmetadata", "{\"odata.metadata\":\"http://localhost/city/$metadata#cases/@Element\",\"odata.type\":\"city.cases\",\"odata.id\":\"http://localhost/city/cases(PartitionKey='p',RowKey='r')\",\"odata.editLink\":\"cases(PartitionKey='p',RowKey='r')\",\"odata.etag\":\"#\",\"PartitionKey\":\"p\",\"RowKey\":\"r\",\"Timestamp@odata.type\":\"Edm.DateTime\",\"Timestamp\":\"#\",\"L@odata.type\":\"Edm.Int64\",\"L\":\"5\"}")]
    public async Task Get_AskedForMetadata_AnswersThatMuch(string level, string expected)
    {
        await _raw.SendAsync("PUT", One, """{"L":"5","L@odata.type":"Edm.Int64"}""");
        foreach (var answer in new[] { await _raw.SendAsync("GET", One, "", $"Accept: application/json;odata={level}"), await _raw.SendAsync("GET", One + $"?$format=application/json%3Bodata%3D{level}") })
        {
            var body = System.Text.RegularExpressions.Regex.Replace(answer.Body, "\"(W/\\\\\"datetime'[^\"]+\\\\\"|[-0-9]+T[0-9:.]+Z)\"", "\"#\"");
            Assert.Equal(expected, body);
            Assert.Contains(level, answer.Header("Content-Type"), StringComparison.Ordinal);
        }
    }
}
