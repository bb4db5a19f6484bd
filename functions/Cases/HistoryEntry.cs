namespace CityBrain.Cases;

/// <summary>One step in the life of a case; never changed once written.</summary>
/// <param name="Version">The version that the step made.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who.</param>
/// <param name="ActorKind">What kind of actor.</param>
/// <param name="Action">What was done.</param>
/// <param name="From">State before.</param>
/// <param name="To">State after.</param>
/// <param name="Summary">One line, without personal data.</param>
public sealed record HistoryEntry(int Version, DateTimeOffset At, string Actor, ActorKind ActorKind, CaseAction Action, CaseState From, CaseState To, string? Summary);
