using System.Globalization;
using System.Text.Json;
using Azure.Messaging.ServiceBus;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CityBrain.Embedded.ServiceBus.Http;

/// <summary>Reads the messages of a Service Bus REST request: one message, or the JSON array of a batch.</summary>
internal static class MessageReader
{
    public const string BatchType = "application/vnd.microsoft.servicebus.json";
    private const string PropertiesHeader = "BrokerProperties";

    private static readonly HashSet<string> NotProperties = new(StringComparer.OrdinalIgnoreCase)
    {
        PropertiesHeader, HeaderNames.Authorization, HeaderNames.ContentType, HeaderNames.ContentLength, HeaderNames.ContentEncoding, HeaderNames.Host, HeaderNames.UserAgent, HeaderNames.Accept,
        HeaderNames.AcceptCharset, HeaderNames.AcceptEncoding, HeaderNames.AcceptLanguage, HeaderNames.Connection, HeaderNames.Expect, HeaderNames.Date, HeaderNames.TransferEncoding, HeaderNames.TE,
        HeaderNames.Trailer, HeaderNames.Upgrade, HeaderNames.Via, HeaderNames.Warning, HeaderNames.CacheControl, HeaderNames.Pragma, HeaderNames.Cookie, HeaderNames.Origin, HeaderNames.Referer,
        HeaderNames.From, HeaderNames.KeepAlive, HeaderNames.MaxForwards, HeaderNames.ProxyAuthorization, HeaderNames.ProxyConnection, HeaderNames.TraceParent, HeaderNames.TraceState, HeaderNames.Baggage,
        HeaderNames.RequestId, HeaderNames.CorrelationContext, HeaderNames.XRequestedWith, "x-ms-retrypolicy", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded",
    };

    /// <exception cref="FormatException">The request is not as documented; the sentence says where.</exception>
    public static List<ServiceBusMessage> Read(HttpRequest request, byte[] body) =>
        request.ContentType?.StartsWith(BatchType, StringComparison.OrdinalIgnoreCase) == true ? ReadBatch(body) : [ReadOne(request, body)];

    private static ServiceBusMessage ReadOne(HttpRequest request, byte[] body)
    {
        var message = new ServiceBusMessage(body) { ContentType = request.ContentType };
        foreach (var (name, value) in request.Headers)
        {
            if (!NotProperties.Contains(name) && !name.StartsWith(':'))
            {
                message.ApplicationProperties[name] = HeaderValue(value.ToString());
            }
        }

        if (request.Headers.TryGetValue(PropertiesHeader, out var json))
        {
            using var properties = Parse(System.Text.Encoding.UTF8.GetBytes(json.ToString()), PropertiesHeader);
            BrokerProperties.Apply(properties.RootElement, message);
        }

        return message;
    }

    private static List<ServiceBusMessage> ReadBatch(byte[] body)
    {
        using var batch = Parse(body, "The body");
        if (batch.RootElement.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException("The body of a batch is not a JSON array.");
        }

        return [.. batch.RootElement.EnumerateArray().Select(ReadEntry)];
    }

    private static ServiceBusMessage ReadEntry(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object || !entry.TryGetProperty("Body", out var body) || body.ValueKind != JsonValueKind.String)
        {
            throw new FormatException("An entry of a batch is not an object with a text Body.");
        }

        var message = new ServiceBusMessage(body.GetString()!);
        if (entry.TryGetProperty("BrokerProperties", out var properties))
        {
            BrokerProperties.Apply(properties, message);
        }

        if (entry.TryGetProperty("UserProperties", out var user))
        {
            if (user.ValueKind != JsonValueKind.Object)
            {
                throw new FormatException("UserProperties is not a JSON object.");
            }

            foreach (var property in user.EnumerateObject())
            {
                message.ApplicationProperties[property.Name] = Value(property.Value) ?? throw new FormatException($"The user property {property.Name} is not a text, a number or a Boolean.");
            }
        }

        return message;
    }

    private static JsonDocument Parse(byte[] json, string what)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException wrong)
        {
            throw new FormatException($"{what} is not JSON: {wrong.Message}", wrong);
        }
    }

    /// <summary>A custom property in a header: text in quotes, a number, or a Boolean; anything else is text as it stands.</summary>
    private static object HeaderValue(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return Value(json.RootElement) ?? text;
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private static object? Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number when value.TryGetInt32(out var small) => small,
        JsonValueKind.Number when value.TryGetInt64(out var large) => large,
        JsonValueKind.Number => double.Parse(value.GetRawText(), CultureInfo.InvariantCulture),
        _ => null,
    };
}
