using Azure.Data.Tables;

namespace CityBrain.Embedded.Tests.Tables;

public sealed class EmbeddedTableServiceTests : TableServiceTests, IDisposable
{
    private readonly TableServer _server = new();

    protected override TableServiceClient Service => _server.Client;

    protected override int LawRuns => 100;

    public void Dispose() => _server.Dispose();
}
