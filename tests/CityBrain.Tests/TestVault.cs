using CityBrain.Cases;
using CityBrain.Sharing;
using Microsoft.Extensions.Options;

namespace CityBrain.Tests;

internal static class TestVault
{
    /// <summary>A vault whose key is one byte, over and over.</summary>
    public static ReporterVault Of(CityTables tables, byte key = 1) =>
        new(tables, Options.Create(new VaultOptions { Key = Convert.ToBase64String([.. Enumerable.Repeat(key, 32)]) }));
}
