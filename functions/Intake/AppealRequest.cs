namespace CityBrain.Intake;

/// <summary>An appeal as a channel sends it.</summary>
/// <param name="Channel">Such as <c>hotline</c>, <c>app</c>, <c>web</c>: 1 to 32 of a–z, 0–9 and hyphen.</param>
/// <param name="SourceId">The channel's own number, 1 to 128 characters; the same pair again is the same appeal.</param>
/// <param name="Text">What was said, 1 to 8,000 characters.</param>
/// <param name="Title">Up to 200 characters.</param>
/// <param name="OccurredAt">When it happened; now, when left out; at most one day ahead.</param>
/// <param name="Reporter">Who asked; goes to the vault.</param>
/// <param name="Location">Where.</param>
/// <param name="Attachments">Up to 10 https addresses.</param>
public sealed record AppealRequest(
    string? Channel,
    string? SourceId,
    string? Text,
    string? Title = null,
    DateTimeOffset? OccurredAt = null,
    ReporterRequest? Reporter = null,
    LocationRequest? Location = null,
    IReadOnlyList<string>? Attachments = null);

/// <summary>Who asked.</summary>
public sealed record ReporterRequest(string? Name = null, string? Phone = null, string? Email = null);

/// <summary>Where: WGS84 degrees, both or neither, and an address in words.</summary>
public sealed record LocationRequest(double? Lat = null, double? Lon = null, string? Address = null);

/// <summary>What came of an appeal.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Links">Where to ask further.</param>
public sealed record AppealResponse(string CaseId, Cases.CaseState Status, IReadOnlyDictionary<string, string> Links);
