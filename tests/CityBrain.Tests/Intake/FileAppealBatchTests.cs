using System.Text;
using System.Text.Json;
using CityBrain.Intake;
using CityBrain.Sharing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CityBrain.Tests.Intake;

public sealed class FileAppealBatchTests : IAsyncLifetime
{
    private TestStore _store = null!;
    private FileAppealBatch _batch = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await TestStore.OpenAsync();
        var callers = new Callers(Options.Create(new Dictionary<string, CallerOptions> { ["hotline"] = new() { Key = "k" } }));
        _batch = new FileAppealBatch(new AppealDesk(_store.Cases, TestVault.Of(_store.Tables), Redactions.Local, new CityBrain.Cases.IntakePressure(), SmallTown.City, _store.Clock), callers, NullLogger<FileAppealBatch>.Instance);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Theory]
    [InlineData("[{0},{1}]")]
    [InlineData(" \r\n [ {0} ,\n {1} ] \n")]
    [InlineData("{0}\n{1}")]
    [InlineData("{0}\r\n{1}\r\n")]
    [InlineData("\n\n{0}\n \t\n\r\n{1}\n\n")]
    [InlineData("\uFEFF{0}\n{1}")]
    [InlineData("\uFEFF[{0},{1}]")]
    public async Task Run_ArrayOrLines_FilesEachItem(string form)
    {
        var (status, results) = await PostAsync(form.Replace("{0}", Item(1), StringComparison.Ordinal).Replace("{1}", Item(2), StringComparison.Ordinal));
        Assert.Equal(207, status);
        Assert.Equal([201, 201], Statuses(results));
    }

    [Theory]
    [InlineData("{\"channel\":")]
    [InlineData("42")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"channel\":\"hotline\"}")]
    [InlineData("{\"text\":{\"a\":1}}")]
    [InlineData("{\"text\":\"\\ud800\"}")]
    public async Task Run_BadLineInTheMiddle_SpoilsNoOther(string bad)
    {
        var (status, results) = await PostAsync($"{Item(1)}\n{bad}\n{Item(2)}");
        Assert.Equal(207, status);
        Assert.Equal([201, 400, 201], Statuses(results));
        Assert.NotEmpty(results[1].GetProperty("errors").EnumerateArray());
    }

    [Theory]
    [InlineData("42")]
    [InlineData("null")]
    [InlineData("[1,[2]]")]
    [InlineData("{\"channel\":\"hotline\"}")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]")]
    public async Task Run_BadItemInTheArray_SpoilsNoOther(string bad) =>
        Assert.Equal([201, 400, 201], Statuses((await PostAsync($"[{Item(1)},{bad},{Item(2)}]")).Results));

    [Theory]
    [InlineData("")]
    [InlineData("  \n ")]
    [InlineData("[")]
    [InlineData("[{\"channel\":\"hot")]
    [InlineData("[1] 2")]
    [InlineData("[1,]")]
    public async Task Run_NoBatch_IsMalformed(string body)
    {
        var (status, results) = await PostAsync(body);
        Assert.Equal((400, "MALFORMED_BATCH"), (status, results[0].GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Run_TruncatedArray_FilesNothing()
    {
        Assert.Equal(400, (await PostAsync($"[{Item(1)},{Item(2)}")).Status);
        Assert.Empty(await TestStore.RowsAsync(_store.Tables.Cases));
    }

    [Theory]
    [InlineData("[", ",", "]")]
    [InlineData("", "\n", "")]
    public async Task Run_OneItemTooMany_IsRefusedAsAWhole(string open, string between, string close)
    {
        var (status, results) = await PostAsync(open + string.Join(between, Enumerable.Range(0, 1001).Select(_ => "1")) + close);
        Assert.Equal((413, "BATCH_TOO_LARGE"), (status, results[0].GetProperty("code").GetString()));
        Assert.Equal(207, (await PostAsync(open + string.Join(between, Enumerable.Range(0, 1000).Select(_ => "1")) + close)).Status);
    }

    [Fact]
    public async Task Run_EmptyArray_HasNoResults() => Assert.Empty((await PostAsync("[]")).Results);

    [Fact]
    public async Task Run_SameItemTwice_IsOneCase()
    {
        var (_, results) = await PostAsync($"{Item(1)}\n{Item(1)}");
        Assert.Equal([200, 201], Statuses(results).Order());
        Assert.Equal(results[0].GetProperty("caseId").GetString(), results[1].GetProperty("caseId").GetString());
    }

    [Fact]
    public async Task Run_StorageFailsForAnItem_SpoilsNoOther()
    {
        // An id of a case whose row cannot be read: filing it again neither writes nor finds it.
        var id = CityBrain.Cases.CaseKeys.CaseId("hotline", "2");
        await _store.Tables.Cases.AddEntityAsync(new Azure.Data.Tables.TableEntity(CityBrain.Cases.CaseKeys.Partition(id), CityBrain.Cases.CaseKeys.CaseRow(id)) { ["Data"] = "{" }, TestContext.Current.CancellationToken);
        Assert.Equal([201, 500, 201], Statuses((await PostAsync($"{Item(1)}\n{Item(2)}\n{Item(3)}")).Results));
    }

    [Fact]
    public async Task Run_UnknownKey_IsForbidden() => Assert.Equal(403, (await PostAsync(Item(1), "other")).Status);

    private static string Item(int number) => $$"""{"channel":"hotline","sourceId":"{{number}}","text":"rubbish"}""";

    private static IEnumerable<int> Statuses(JsonElement[] results) => results.Select(result => result.GetProperty("status").GetInt32());

    private async Task<(int Status, JsonElement[] Results)> PostAsync(string body, string key = "k")
    {
        var http = new DefaultHttpContext { RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider() };
        http.Request.Headers["x-functions-key"] = key;
        http.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        http.Response.Body = new MemoryStream();
        var result = await _batch.RunAsync(http.Request, _store.Durable.Client, TestContext.Current.CancellationToken);
        await result.ExecuteAsync(http);
        http.Response.Body.Position = 0;
        using var answer = await JsonDocument.ParseAsync(http.Response.Body, cancellationToken: TestContext.Current.CancellationToken);
        var root = answer.RootElement.Clone();
        return (http.Response.StatusCode, root.ValueKind is JsonValueKind.Array ? [.. root.EnumerateArray()] : [root]);
    }
}
