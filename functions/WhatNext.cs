using System.Globalization;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace CityBrain;

/// <summary>
/// Once the app is up on a machine of one's own, says what to try next: commands for bash that work as they stand with the settings of the
/// app. Says nothing in Azure.
/// </summary>
public sealed class WhatNext(IConfiguration settings, IHostApplicationLifetime lifetime) : IHostedService
{
    private const string DefaultPort = "7071";
    private const string DefaultServiceBusPort = "7072";
    private const string AppealJson = """{"channel":"hotline","sourceId":"1","text":"The street light has been out for a week.","location":{"lat":40.7127,"lon":-74.0059}}""";
    private const string EventJson = """{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"rain-gauge-manhattan\",\"type\":\"city.reading\",\"time\":\"$(date -u +%FT%TZ)\",\"data\":{\"measure\":\"rain\",\"value\":5}}""";

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(settings["WEBSITE_INSTANCE_ID"]))
        {
            lifetime.ApplicationStarted.Register(() => Console.WriteLine(Text(settings)));
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What to try, with the ports and keys of the settings.</summary>
    internal static string Text(IConfiguration settings)
    {
        var city = $"http://localhost:{Setting("Embedded:HttpPort", DefaultPort)}";
        var (intake, staff) = (Setting("Callers:hotline:Key", "YOUR-INTAKE-KEY"), Setting("Callers:staff:Key", "YOUR-STAFF-KEY"));
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"""

            City Brain is up, with an empty city. Try this in another terminal (bash):

            # File an appeal; a moment later its case is with a department: look at it, sign for it.
            CITY={city}
            CASE=$(curl -s $CITY/api/appeals -H 'x-functions-key: {intake}' -H 'content-type: application/json' \
              -d '{AppealJson}' \
              | tee /dev/stderr | sed 's/.*"caseId":"\([a-z0-9]*\)".*/\1/')
            sleep 2; curl -s $CITY/api/cases/$CASE -H 'x-functions-key: {staff}'
            curl -s -X POST $CITY/api/cases/$CASE/accept -H 'x-functions-key: {staff}'
            """);
        if (settings.GetSection("Embedded:SharedAccessKeys").GetChildren().FirstOrDefault() is { Value: { } key, Key: var name })
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"""

                # Send the reading of a rain gauge, as a device does; a rainstorm opens a case by itself.
                QUEUE=http://localhost:{Setting("Embedded:ServiceBusPort", DefaultServiceBusPort)}/sensor-events
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

            A city with a thousand cases and rising rivers: dotnet run --project rehearsal
            """);
        return text.ToString();

        string Setting(string name, string otherwise) => settings[name] is { Length: > 0 } value ? value : otherwise;
    }
}
