namespace CityBrain.Rehearsal.Play;

/// <summary>A notice as its readers see it.</summary>
/// <param name="Id">The same for the same notice.</param>
/// <param name="Kind">What it tells.</param>
internal sealed record NoticeSeen(string Id, string Kind);
