using System.Text.RegularExpressions;

namespace CityBrain.Intake;

/// <summary>What an appeal must be to be accepted. Pure: every fault is found at once, each with what to do.</summary>
public static partial class AppealRules
{
    /// <summary>Longest text, in characters.</summary>
    public const int MaxText = 8000;

    /// <summary>The channel of the city's own devices: an appeal there could take the place of a device's case.</summary>
    private const string Reserved = "sensor";

    private static readonly TimeSpan FurthestAhead = TimeSpan.FromDays(1);

    /// <summary>Every fault of an appeal; none when it is good.</summary>
    public static IReadOnlyList<string> Check(AppealRequest appeal, DateTimeOffset now)
    {
        var faults = new List<string>();
        void Must(bool good, string fault)
        {
            if (!good)
            {
                faults.Add(fault);
            }
        }

        Must(Channel().IsMatch(appeal.Channel ?? ""), "channel: give 1 to 32 of a-z, 0-9 and hyphen, such as \"hotline\".");
        Must(appeal.Channel != Reserved, $"channel: \"{Reserved}\" is for devices, whose readings come by queue.");
        Must(appeal.SourceId is { Length: >= 1 and <= 128 } id && !string.IsNullOrWhiteSpace(id), "sourceId: give the channel's own number, 1 to 128 characters.");
        Must(!string.IsNullOrWhiteSpace(appeal.Text), "text: say what it is about.");
        Must(appeal.Text is null || appeal.Text.Length <= MaxText, $"text: at most {MaxText} characters; put the rest into attachments.");
        Must(appeal.Title is null or { Length: <= 200 }, "title: at most 200 characters.");
        Must(appeal.OccurredAt is not { } at || (at <= now + FurthestAhead && at.Year >= 2000), "occurredAt: must lie between the year 2000 and tomorrow.");
        Must(appeal.Reporter?.Name is null or { Length: <= 100 }, "reporter.name: at most 100 characters.");
        Must(appeal.Reporter?.Phone is null or { Length: <= 40 }, "reporter.phone: at most 40 characters.");
        Must(appeal.Reporter?.Email is null or { Length: <= 254 }, "reporter.email: at most 254 characters.");
        Must(appeal.Location?.Address is null or { Length: <= 300 }, "location.address: at most 300 characters.");
        Must(appeal.Location is null || (appeal.Location.Lat is null) == (appeal.Location.Lon is null), "location: give lat and lon together.");
        Must(appeal.Location?.Lat is not { } lat || Math.Abs(lat) <= 90, "location.lat: degrees from -90 to 90.");
        Must(appeal.Location?.Lon is not { } lon || Math.Abs(lon) <= 180, "location.lon: degrees from -180 to 180.");
        Must(appeal.Attachments is null or { Count: <= 10 }, "attachments: at most 10.");
        Must(appeal.Attachments?.All(IsHttps) is not false, "attachments: each must be an https address of at most 2,000 characters.");
        return faults;
    }

    private static bool IsHttps(string? address) =>
        address is { Length: <= 2000 } && Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps;

    [GeneratedRegex(@"\A[a-z0-9-]{1,32}\z")]
    private static partial Regex Channel();
}
