using Azure.Data.Tables;

namespace CityBrain.Embedded.Tests.Tables;

public sealed class SqliteTableServiceTests : TableServiceTests, IDisposable
{
    private readonly TestPlatform _platform = new();

    public SqliteTableServiceTests() => Service = new(_platform.Platform.ConnectionString);

    protected override TableServiceClient Service { get; }

    protected override int LawRuns => 100;

    public void Dispose() => _platform.Dispose();
}
