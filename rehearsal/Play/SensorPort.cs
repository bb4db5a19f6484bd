using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using CityBrain.Rehearsal.Sample;

namespace CityBrain.Rehearsal.Play;

/// <summary>Sends events as devices do: over the REST API of Service Bus, with a shared access signature.</summary>
internal sealed class SensorPort
{
    private const string Queue = "sensor-events";

    private readonly HttpClient _http;
    private readonly Score _score;
    private readonly string _token;
    private readonly string _forgedToken;

    public SensorPort(HttpClient http, CityKeys keys, Score score)
    {
        (_http, _score) = (http, score);
        var expiry = TimeProvider.System.GetUtcNow().AddDays(1);
        _token = TokenOf(new Uri(http.BaseAddress!, Queue), keys.DeviceKeyName, keys.DeviceKey, expiry);
        _forgedToken = TokenOf(new Uri(http.BaseAddress!, Queue), keys.DeviceKeyName, "not-" + keys.DeviceKey, expiry);
    }

    /// <summary>Sends a reading as a CloudEvent.</summary>
    public Task<HttpStatusCode> SendAsync(DeviceReading reading, CancellationToken cancellationToken) =>
        SendAsync(EventOf(reading), $"{reading.Device}-{reading.Time.ToUnixTimeSeconds()}", _token, cancellationToken);

    /// <summary>Sends a text as it stands.</summary>
    public Task<HttpStatusCode> SendRawAsync(string body, string messageId, bool forged, CancellationToken cancellationToken) =>
        SendAsync(body, messageId, forged ? _forgedToken : _token, cancellationToken);

    /// <summary>The CloudEvent of a reading.</summary>
    public static string EventOf(DeviceReading reading) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"specversion":"1.0","id":"{{{reading.Time.UtcDateTime:yyyyMMddHHmm}}}","source":"{{{reading.Device}}}","type":"city.reading","time":"{{{reading.Time:O}}}","data":{"measure":"{{{reading.Measure}}}","value":{{{reading.Value}}}}}""");

    private async Task<HttpStatusCode> SendAsync(string body, string messageId, string token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Queue + "/messages") { Content = new StringContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents+json");
        request.Headers.TryAddWithoutValidation("Authorization", token);
        request.Headers.TryAddWithoutValidation("BrokerProperties", $$"""{"MessageId":"{{messageId}}"}""");
        _score.Requested();
        using var response = await _http.SendAsync(request, cancellationToken);
        return response.StatusCode;
    }

    private static string TokenOf(Uri resource, string keyName, string key, DateTimeOffset expiry)
    {
        var uri = WebUtility.UrlEncode(resource.ToString());
        var seconds = expiry.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes($"{uri}\n{seconds}")));
        return $"SharedAccessSignature sr={uri}&sig={WebUtility.UrlEncode(signature)}&se={seconds}&skn={keyName}";
    }
}
