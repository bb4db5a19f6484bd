namespace CityBrain.Rehearsal.Sample;

/// <summary>One row of the New York 311 sample, as far as the play needs it.</summary>
/// <param name="Key">Unique key of the row.</param>
/// <param name="Created">Wall clock of the city.</param>
/// <param name="Closed">Wall clock of the city; null when it was never closed.</param>
/// <param name="Agency">Code of the agency that handled it, such as <c>HPD</c>.</param>
/// <param name="AgencyName">Name of the agency.</param>
/// <param name="Complaint">What it is about, coarse.</param>
/// <param name="Descriptor">What it is about, fine; may be empty.</param>
/// <param name="LocationType">Kind of place; may be empty.</param>
/// <param name="Address">Where, in words; may be empty.</param>
/// <param name="Point">Where, in degrees; null when unknown.</param>
/// <param name="Channel">How it came in, as the data write it.</param>
/// <param name="Resolution">What the agency said it did; may be empty.</param>
internal sealed record ServiceRequest(
    string Key,
    DateTime Created,
    DateTime? Closed,
    string Agency,
    string AgencyName,
    string Complaint,
    string Descriptor,
    string LocationType,
    string Address,
    (double Latitude, double Longitude)? Point,
    string Channel,
    string Resolution)
{
    /// <summary>How long the agency took; zero when the row closes before it was created, null when it never closed.</summary>
    public TimeSpan? Handling => Closed is not { } closed ? null : closed > Created ? closed - Created : TimeSpan.Zero;
}
