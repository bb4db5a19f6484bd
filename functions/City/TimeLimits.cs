namespace CityBrain.City;

/// <summary>The budgets of a case's clocks, all of which start at dispatch.</summary>
/// <param name="Sign">To sign for the case 签收.</param>
/// <param name="Contact">To speak with the reporter 联系.</param>
/// <param name="ReportIn">For a department that was whistled to come 报到.</param>
/// <param name="Resolve">To reply with the result 办结.</param>
public sealed record TimeLimits(WorkDuration Sign, WorkDuration Contact, WorkDuration ReportIn, WorkDuration Resolve);
