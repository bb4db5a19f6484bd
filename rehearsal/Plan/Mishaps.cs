namespace CityBrain.Rehearsal.Plan;

/// <summary>The wrong appeals and events of a play, at seeded times. Pure.</summary>
internal static class Mishaps
{
    private static readonly (string Name, string Body, int Status, string? Outcome, bool Forged)[] OfAppeals =
    [
        ("JSON that breaks off", """{"channel":"hotline","sourceId":"bad-1","text":"The lamp is""", 400, "MALFORMED_JSON", false),
        ("JSON nested too deep", $"{new string('[', 40)}{new string(']', 40)}", 400, "MALFORMED_JSON", false),
        ("no text", """{"channel":"hotline","sourceId":"bad-2"}""", 400, "INVALID_APPEAL", false),
        ("a channel of no known form", """{"channel":"Hot Line!","sourceId":"bad-3","text":"No water"}""", 400, "INVALID_APPEAL", false),
        ("latitude without longitude", """{"channel":"web","sourceId":"bad-4","text":"No water","location":{"lat":40.7}}""", 400, "INVALID_APPEAL", false),
        ("a latitude off the Earth", """{"channel":"web","sourceId":"bad-5","text":"No water","location":{"lat":407,"lon":-74}}""", 400, "INVALID_APPEAL", false),
        ("an occurrence in 1870", """{"channel":"app","sourceId":"bad-6","text":"No gas","occurredAt":"1870-01-01T00:00:00Z"}""", 400, "INVALID_APPEAL", false),
        ("9,000 characters", $$"""{"channel":"app","sourceId":"bad-7","text":"{{new string('x', 9000)}}"}""", 400, "INVALID_APPEAL", false),
        ("a body of 70 KiB", $$"""{"channel":"app","sourceId":"bad-8","text":"{{new string('x', 70 * 1024)}}"}""", 413, "BODY_TOO_LARGE", false),
        ("a key that nobody has", """{"channel":"hotline","sourceId":"bad-9","text":"No water"}""", 401, "unauthorized", true),
    ];

    private static readonly (string Name, string Body, int Status, string? Outcome, bool Forged)[] OfEvents =
    [
        ("no JSON", "level=1.53", 201, "NotCloudEvent", false),
        ("a version that is not 1.0", Event(version: "0.3"), 201, "NotCloudEvent", false),
        ("a value in words", Event(value: "\"high\""), 201, "NotCloudEvent", false),
        ("a device that nobody knows", Event(device: "river-gauge-atlantis"), 201, "UnknownDevice", false),
        ("no time", Event(time: null), 201, "NoTime", false),
        ("a time ten years ahead", Event(time: "2035-01-01T00:00:00Z"), 201, "FutureTime", false),
        ("no value", Event(value: "null"), 201, "NoReading", false),
        ("a forged signature", Event(), 401, null, true),
    ];

    /// <summary>The wrong appeals.</summary>
    public static IReadOnlyList<Mishap> Appeals(int seed, DateTimeOffset from, DateTimeOffset to) => Spread(OfAppeals, seed, from, to);

    /// <summary>The wrong events.</summary>
    public static IReadOnlyList<Mishap> Events(int seed, DateTimeOffset from, DateTimeOffset to) => Spread(OfEvents, seed + 1, from, to);

    private static List<Mishap> Spread((string Name, string Body, int Status, string? Outcome, bool Forged)[] kinds, int seed, DateTimeOffset from, DateTimeOffset to)
    {
        var random = new Random(seed);
        return [.. kinds.Select(kind => new Mishap(kind.Name, from + ((to - from) * random.NextDouble()), kind.Body, kind.Status, kind.Outcome, kind.Forged)).OrderBy(mishap => mishap.At)];
    }

    private static string Event(string version = "1.0", string device = "river-gauge-bronx", string? time = "2025-08-16T00:00:00Z", string value = "1.2")
    {
        var at = time is null ? "" : $"\"time\":\"{time}\",";
        return $$$"""{"specversion":"{{{version}}}","id":"bad","source":"{{{device}}}","type":"city.reading",{{{at}}}"data":{"measure":"level","value":{{{value}}}}}""";
    }
}
