using CityBrain.City;

namespace CityBrain.Intake;

/// <summary>One measured value of a registered device.</summary>
/// <param name="DeviceId">A device of the registry.</param>
/// <param name="Measure">Such as <c>level</c>.</param>
/// <param name="Value">In the unit of the rule; finite.</param>
/// <param name="Time">When it was measured.</param>
public sealed record SensorReading(string DeviceId, string Measure, double Value, DateTimeOffset Time)
{
    private static readonly TimeSpan FurthestAhead = TimeSpan.FromHours(1);

    /// <summary>
    /// Reads a CloudEvents 1.0 event in JSON: <c>source</c> is the device id, <c>time</c> the instant, <c>data</c> holds <c>measure</c> and
    /// <c>value</c>. Returns the reading, or the reason for which a person will find the message in the dead-letter queue.
    /// </summary>
    public static (SensorReading? Reading, string? Fault) Parse(BinaryData body, DeviceRegistry devices, DateTimeOffset now)
    {
        var (envelope, fault) = RequestBody.Parse<CloudEvent>(body.ToMemory().Span);
        return envelope switch
        {
            null => (null, "NotCloudEvent: " + (fault ?? "the body is empty or null.")),
            { SpecVersion: not "1.0" } => (null, "NotCloudEvent: specversion must be \"1.0\"."),
            { Id: null or "" } or { Type: null or "" } => (null, "NotCloudEvent: id and type are required."),
            { Source: null or "" } => (null, "NotCloudEvent: source is required; it is the device id."),
            _ when devices.Find(envelope.Source) is null => (null, $"UnknownDevice: '{Shortened(envelope.Source)}' is not in the device registry."),
            { Time: null } => (null, "NoTime: time is required, as RFC 3339."),
            { Time: { } time } when time > now + FurthestAhead => (null, $"FutureTime: {time:O} is more than an hour ahead of the city's clock; set the device's clock."),
            { Data: null } or { Data.Measure: null or "" } => (null, "NoReading: data must hold measure and value."),
            { Data.Value: null } => (null, "NoReading: data.value must be a number."),
            { Data.Value: { } value } when !double.IsFinite(value) => (null, "NoReading: data.value must be finite."),
            _ => (new SensorReading(envelope.Source, envelope.Data.Measure, envelope.Data.Value!.Value, envelope.Time!.Value), null),
        };
    }

    private static string Shortened(string text) => text.Length <= 64 ? text : text[..64] + "…";

    private sealed record CloudEvent(string? SpecVersion, string? Id, string? Source, string? Type, DateTimeOffset? Time, Measurement? Data);

    private sealed record Measurement(string? Measure, double? Value);
}
