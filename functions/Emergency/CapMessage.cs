namespace CityBrain.Emergency;

/// <summary>What the city needs of an incoming CAP message.</summary>
/// <param name="Kind">Alert, Update or Cancel.</param>
/// <param name="Sender">Who sent it.</param>
/// <param name="Identifier">Unique with the sender.</param>
/// <param name="Sent">When.</param>
/// <param name="Expires">Until when it is to be heeded; null when it does not say.</param>
/// <param name="References">The earlier messages that it follows.</param>
/// <param name="Category">Of the event, such as <c>Met</c>.</param>
/// <param name="Event">What happens, in words.</param>
/// <param name="Level">From its severity.</param>
/// <param name="Headline">One line; may be empty.</param>
/// <param name="Geocodes">Codes of areas.</param>
/// <param name="Polygons">Rings of latitude and longitude.</param>
public sealed record CapMessage(
    string Kind,
    string Sender,
    string Identifier,
    DateTimeOffset Sent,
    DateTimeOffset? Expires,
    IReadOnlyList<CapReference> References,
    string Category,
    string Event,
    EmergencyLevel Level,
    string Headline,
    IReadOnlyList<string> Geocodes,
    IReadOnlyList<IReadOnlyList<(double Latitude, double Longitude)>> Polygons);

/// <summary>A message that another one follows.</summary>
public sealed record CapReference(string Sender, string Identifier, DateTimeOffset Sent);
