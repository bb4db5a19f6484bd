using CityBrain.Intake;
using CityBrain.Rehearsal.Sample;

namespace CityBrain.Rehearsal.Plan;

/// <summary>A row of the sample, cast for the play.</summary>
/// <param name="Row">The row.</param>
/// <param name="Appeal">What is sent.</param>
/// <param name="SendAt">When it is sent.</param>
/// <param name="InBatch">True: it is sent with others of the same <paramref name="SendAt"/>.</param>
/// <param name="ReplyAt">When the department replies: the row's closing time, folded with it; null when the row was never closed.</param>
/// <param name="Agency">Department of the row's agency.</param>
/// <param name="Temper">How its people behave.</param>
internal sealed record PlannedAppeal(ServiceRequest Row, AppealRequest Appeal, DateTimeOffset SendAt, bool InBatch, DateTimeOffset? ReplyAt, string Agency, Temper Temper);
