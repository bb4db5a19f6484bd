using Azure.Data.Tables;

namespace CityBrain.Embedded.Tests.Tables;

public sealed class AzuriteTableServiceTests(AzuriteFixture azurite) : TableServiceTests, IAsyncLifetime
{
    private TableServiceClient? _service;

    protected override TableServiceClient Service => _service!;

    protected override int LawRuns => 8;

    public async ValueTask InitializeAsync() => _service = await azurite.ServiceAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
