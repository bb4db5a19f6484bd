using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace CityBrain.Embedded.Tests.Tables;

/// <summary>Tables as a whole.</summary>
public abstract partial class TableServiceTests
{
    [Fact]
    public async Task CreateTableIfNotExists_Twice_Succeeds()
    {
        var name = NewName();
        Assert.Equal(name, (await Service.CreateTableIfNotExistsAsync(name, Cancellation)).Value.Name);
        Assert.Equal(409, (await Service.CreateTableIfNotExistsAsync(name, Cancellation)).GetRawResponse().Status);
    }

    [Fact]
    public async Task CreateTable_Exists_TableAlreadyExists()
    {
        var name = NewName();
        await Service.CreateTableAsync(name, Cancellation);
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => Service.CreateTableAsync(name.ToUpperInvariant(), Cancellation));
        Assert.Equal(409, failure.Status);
        Assert.True(failure.ErrorCode == TableErrorCode.TableAlreadyExists);
    }

    [Fact]
    public async Task DeleteTable_Missing_Gives404WithoutException() =>
        Assert.Equal(404, (await Service.DeleteTableAsync(NewName(), Cancellation)).Status);

    [Fact]
    public async Task DeleteTable_ThenCreate_TableIsEmpty()
    {
        var table = await NewTable();
        await table.AddEntityAsync(new TableEntity("p", "r"), Cancellation);
        Assert.Equal(204, (await Service.DeleteTableAsync(table.Name, Cancellation)).Status);
        await Service.CreateTableAsync(table.Name, Cancellation);
        Assert.Empty(await ToList(table.QueryAsync<TableEntity>(cancellationToken: Cancellation)));
    }

    [Fact]
    public async Task EveryOperation_TableMissing_TableNotFound()
    {
        var table = Service.GetTableClient(NewName());
        var entity = new TableEntity("p", "r");
        await AssertFails(404, TableErrorCode.TableNotFound, () => table.AddEntityAsync(entity, Cancellation));
        await AssertFails(404, TableErrorCode.TableNotFound, () => table.UpsertEntityAsync(entity, cancellationToken: Cancellation));
        await AssertFails(404, TableErrorCode.TableNotFound, () => table.UpdateEntityAsync(entity, ETag.All, cancellationToken: Cancellation));
        await AssertFails(404, TableErrorCode.TableNotFound, () => ToList(table.QueryAsync<TableEntity>(cancellationToken: Cancellation)));
        Assert.False((await table.GetEntityIfExistsAsync<TableEntity>("p", "r", cancellationToken: Cancellation)).HasValue);
    }
}
