using System.Globalization;
using CityBrain.Intake;

namespace CityBrain.Rehearsal.Sample;

/// <summary>Puts a row of the sample into the words of an appeal. Pure.</summary>
internal static class SampleAppeal
{
    private static readonly string[] AreaCodes = ["212", "347", "646", "718", "917", "929"];

    /// <summary>The appeal of a row that occurred at an instant.</summary>
    public static AppealRequest Of(ServiceRequest row, DateTimeOffset occurredAt) => new(
        ChannelOf(row.Channel),
        row.Key,
        TextOf(row),
        Shortened(row.Complaint, 200),
        occurredAt,
        ReporterOf(row),
        row.Point is null && row.Address.Length == 0
            ? null
            : new LocationRequest(row.Point?.Latitude, row.Point?.Longitude, row.Address.Length == 0 ? null : Shortened(row.Address, 300)));

    /// <summary>The channel of City Brain for a channel of the sample; what the sample does not know came through an agency's own desk.</summary>
    public static string ChannelOf(string channel) => channel switch
    {
        "PHONE" => "hotline",
        "ONLINE" => "web",
        "MOBILE" => "app",
        "UNKNOWN" => "agency",
        _ => "other",
    };

    private static string TextOf(ServiceRequest row)
    {
        var subject = row.Descriptor.Length == 0 ? row.Complaint : $"{row.Complaint}: {row.Descriptor}";
        return Shortened(row.LocationType.Length == 0 ? subject + "." : $"{subject}. Place: {row.LocationType}.", AppealRules.MaxText);
    }

    /// <summary>Nobody real: numbers 555-0100 to 555-0199 are kept free for fiction, and each stands for one made-up resident.</summary>
    private static ReporterRequest ReporterOf(ServiceRequest row)
    {
        var number = ulong.Parse(row.Key, CultureInfo.InvariantCulture) * 2654435761 % (ulong)(AreaCodes.Length * 100);
        return new ReporterRequest($"Fictitious Resident {number:D3}", $"+1 {AreaCodes[number / 100]}-555-01{number % 100:D2}");
    }

    /// <summary>The text, or its beginning; never half of a pair of surrogates.</summary>
    public static string Shortened(string text, int length) => text.Length <= length ? text : char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)] : text[..length];
}
