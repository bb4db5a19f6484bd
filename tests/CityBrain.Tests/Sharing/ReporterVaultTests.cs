using System.Security.Cryptography;
using Azure.Data.Tables;
using CityBrain.Cases;
using CityBrain.Sharing;
using Microsoft.Extensions.Options;

namespace CityBrain.Tests.Sharing;

public sealed class ReporterVaultTests : IAsyncLifetime
{
    private static readonly ReporterRecord Person = new("张三", "13812345678", "a@example.org", "中山路1号", "title", "我叫张三");
    private static readonly string Id = CaseKeys.CaseId("hotline", "1");
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestStore _store = null!;

    public async ValueTask InitializeAsync() => _store = await TestStore.OpenAsync();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Read_AfterStore_IsTheRecord()
    {
        await Vault().StoreAsync(Id, Person, Token);
        Assert.Equal(Person, await Vault().ReadAsync(Id, Token));
        Assert.Null(await Vault().ReadAsync(CaseKeys.CaseId("hotline", "2"), Token));
    }

    [Fact]
    public async Task Store_Again_KeepsTheFirst()
    {
        await Vault().StoreAsync(Id, Person, Token);
        await Vault().StoreAsync(Id, Person with { Name = "李四" }, Token);
        Assert.Equal(Person, await Vault().ReadAsync(Id, Token));
    }

    [Fact]
    public async Task Store_LargestAppeal_Fits()
    {
        var largest = new ReporterRecord(new('"', 100), new('1', 40), new('<', 254), new('&', 300), new('\'', 200), string.Concat(Enumerable.Repeat("\uD83D\uDE00", 4000)));
        await Vault().StoreAsync(Id, largest, Token);
        Assert.Equal(largest, await Vault().ReadAsync(Id, Token));
    }

    [Fact]
    [Trait("behaviour", "Personal data: the vault lies apart from the case")]
    public async Task Row_Stored_HoldsNothingReadable()
    {
        await Vault().StoreAsync(Id, Person, Token);
        var row = Assert.Single(await TestStore.RowsAsync(_store.Tables.Vault));
        Assert.Equal(["PartitionKey", "RowKey", "Sealed", "Timestamp", "odata.etag"], row.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(-1, row.GetBinary("Sealed")!.AsSpan().IndexOf("13812345678"u8));
    }

    [Fact]
    public async Task Read_OtherKey_Fails()
    {
        await Vault().StoreAsync(Id, Person, Token);
        await Assert.ThrowsAnyAsync<CryptographicException>(() => Vault(2).ReadAsync(Id, Token));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(14)]
    [InlineData(40)]
    public async Task Read_OneByteChanged_Fails(int position)
    {
        await Vault().StoreAsync(Id, Person, Token);
        await RewriteAsync(Id, data => data[position] ^= 1);
        await Assert.ThrowsAnyAsync<CryptographicException>(() => Vault().ReadAsync(Id, Token));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(30)]
    public async Task Read_CutShort_Fails(int length)
    {
        await Vault().StoreAsync(Id, Person, Token);
        var row = Assert.Single(await TestStore.RowsAsync(_store.Tables.Vault));
        row["Sealed"] = row.GetBinary("Sealed")![..length];
        await _store.Tables.Vault.UpsertEntityAsync(row, TableUpdateMode.Replace, Token);
        await Assert.ThrowsAnyAsync<CryptographicException>(() => Vault().ReadAsync(Id, Token));
    }

    [Fact]
    public async Task Read_RowMovedToAnotherCase_Fails()
    {
        await Vault().StoreAsync(Id, Person, Token);
        var other = CaseKeys.CaseId("hotline", "2");
        await RewriteAsync(other, _ => { });
        await Assert.ThrowsAnyAsync<CryptographicException>(() => Vault().ReadAsync(other, Token));
    }

    [Theory]
    [InlineData("13812345678", "138 1234 5678")]
    [InlineData("13812345678", "+86 138-1234-5678")]
    [InlineData("13812345678", "008613812345678")]
    [InlineData("13812345678", "8613812345678")]
    [InlineData("13812345678", "\uFF11\uFF13\uFF18\uFF11\uFF12\uFF13\uFF14\uFF15\uFF16\uFF17\uFF18")]
    [InlineData("010-62345678", "+86 10 6234 5678")]
    [InlineData("212-555-0100", "+1 (212) 555-0100")]
    [InlineData("212-555-0100", "1-212-555-0100")]
    public void PseudonymOf_SameNumberWrittenOtherwise_IsTheSame(string one, string other) =>
        Assert.Equal(Vault().PseudonymOf(one, null), Vault().PseudonymOf(other, "x@example.org"));

    [Theory]
    [InlineData("13812345678", "13812345679")]
    [InlineData("0571-87654321", "0371-87654321")]
    [InlineData("0316-2345678", "13162345678")]
    public void PseudonymOf_OtherNumber_IsAnother(string one, string other) =>
        Assert.NotEqual(Vault().PseudonymOf(one, null), Vault().PseudonymOf(other, null));

    [Fact]
    public void PseudonymOf_NoPhone_IsByEmail()
    {
        Assert.Equal(Vault().PseudonymOf(null, "A@Example.org "), Vault().PseudonymOf("n/a", "a@example.ORG"));
        Assert.NotEqual(Vault().PseudonymOf(null, "a@example.org"), Vault().PseudonymOf(null, "b@example.org"));
        Assert.Null(Vault().PseudonymOf("12", " "));
    }

    [Fact]
    public void PseudonymOf_OtherKey_IsAnother() =>
        Assert.NotEqual(Vault().PseudonymOf("13812345678", null), Vault(2).PseudonymOf("13812345678", null));

    [Theory]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("c2hvcnQ=")]
    public void Constructor_BadKey_SaysWhatToWrite(string key)
    {
        var failure = Assert.Throws<OptionsValidationException>(() => new ReporterVault(_store.Tables, Options.Create(new VaultOptions { Key = key })));
        Assert.Contains("openssl", failure.Message, StringComparison.Ordinal);
    }

    private ReporterVault Vault(byte key = 1) => TestVault.Of(_store.Tables, key);

    private async Task RewriteAsync(string id, Action<byte[]> change)
    {
        var row = Assert.Single(await TestStore.RowsAsync(_store.Tables.Vault));
        var data = row.GetBinary("Sealed")!;
        change(data);
        await _store.Tables.Vault.UpsertEntityAsync(new TableEntity(id, row.RowKey) { ["Sealed"] = data }, TableUpdateMode.Replace, Token);
    }
}
