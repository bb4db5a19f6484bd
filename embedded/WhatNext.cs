using System.Globalization;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace CityBrain.Embedded;

/// <summary>What to try once the app is up on a machine of one's own: commands for bash that work as they stand, with the addresses and keys of this host.</summary>
internal static class WhatNext
{
    private const string AppealJson = """{"channel":"hotline","sourceId":"1","text":"The street light has been out for a week.","location":{"lat":40.7127,"lon":-74.0059}}""";
    private const string EventJson = """{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"rain-gauge-manhattan\",\"type\":\"city.reading\",\"time\":\"$(date -u +%FT%TZ)\",\"data\":{\"measure\":\"rain\",\"value\":5}}""";
    private const string DeviceQueue = "sensor-events";

    /// <summary>Where the parts of a host are reached.</summary>
    /// <param name="Http">The HTTP functions.</param>
    /// <param name="Devices">Devices.</param>
    /// <param name="ServiceBus">Connection string of the queues.</param>
    /// <param name="Tables">Connection string of the tables.</param>
    public sealed record Addresses(Uri Http, Uri Devices, string ServiceBus, string Tables);

    /// <summary>The text.</summary>
    public static string Text(IConfiguration settings, Addresses host)
    {
        var city = host.Http.AbsoluteUri.TrimEnd('/');
        var (intake, staff) = (Setting("Callers:hotline:Key", "YOUR-INTAKE-KEY"), Setting("Callers:staff:Key", "YOUR-STAFF-KEY"));
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"""

            City Brain is up. Try this in another terminal (bash):

            # File an appeal; a moment later its case is with a department: look at it, sign for it.
            CITY={city}
            CASE=$(curl -s $CITY/api/appeals -H 'x-functions-key: {intake}' -H 'content-type: application/json' \
              -d '{AppealJson}' \
              | tee /dev/stderr | sed 's/.*"caseId":"\([a-z0-9]*\)".*/\1/')
            sleep 2; curl -s $CITY/api/cases/$CASE -H 'x-functions-key: {staff}'
            curl -s -X POST $CITY/api/cases/$CASE/accept -H 'x-functions-key: {staff}'
            """);
        if (DeviceKey(settings) is ({ } name, { } key))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"""

                # Send the reading of a rain gauge, as a device does; a rainstorm opens a case by itself.
                QUEUE={host.Devices}{DeviceQueue}
                URI=$(printf %s "$QUEUE" | sed 's/:/%3a/g; s#/#%2f#g'); UNTIL=$(($(date +%s) + 3600))
                SIGN=$(printf '%s\n%s' "$URI" $UNTIL | openssl dgst -sha256 -hmac '{key}' -binary | base64 | sed 's/+/%2b/g; s#/#%2f#g; s/=/%3d/g')
                curl -si $QUEUE/messages -H "Authorization: SharedAccessSignature sr=$URI&sig=$SIGN&se=$UNTIL&skn={name}" -H 'content-type: application/json' \
                  -d "{EventJson}"
                sleep 2; curl -s "$CITY/api/cases?status=dispatched" -H 'x-functions-key: {staff}'
                """);
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"""

            # The cockpit, for a browser:
            {city}/api/cockpit?code={staff}

            # The official clients reach the queues and tables by these connection strings:
            {host.ServiceBus}
            {host.Tables}

            A city with a thousand cases and rising rivers: dotnet run --project rehearsal
            """);
        return text.ToString();

        string Setting(string setting, string otherwise) => settings[setting] is { Length: > 0 } value ? value : otherwise;
    }

    /// <summary>Name and secret of the first key that opens the queue of devices.</summary>
    private static (string? Name, string? Key) DeviceKey(IConfiguration settings) =>
        settings.GetSection("Embedded:SharedAccessKeys").GetChildren().FirstOrDefault(key => key["Key"] is { Length: > 0 } && key["Queues"]?.Contains(DeviceQueue, StringComparison.OrdinalIgnoreCase) == true) is { } found
            ? (found.Key, found["Key"])
            : (null, null);
}
