using System.Security.Cryptography;
using System.Text;
using CityBrain.Intake;

namespace CityBrain.Benchmarks;

/// <summary>Appeals as different people make them: each in its own words, from its own place, so that triage takes none for a duplicate.</summary>
internal static class SampleAppeals
{
    private const double Spread = 0.03;

    public static AppealRequest Of(string sourceId)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(sourceId));
        var (latitude, longitude) = (40.69 + Offset(hash[0], hash[1]), -73.94 + Offset(hash[2], hash[3]));
        return new(
            "hotline",
            sourceId,
            $"The street light at the corner has been out for three nights, pole {Convert.ToHexStringLower(hash)}.",
            "Street light out",
            Reporter: new ReporterRequest("Test Person", "555-" + BitConverter.ToUInt32(hash, 4)),
            Location: new LocationRequest(latitude, longitude, "Corner of First and Main"));
    }

    private static double Offset(byte high, byte low) => Spread * (((high << 8) | low) - 32_768) / 32_768;
}
