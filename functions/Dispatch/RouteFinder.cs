using CityBrain.Cases;
using CityBrain.City;

namespace CityBrain.Dispatch;

/// <summary>Decides where a case goes next. Pure.</summary>
public static class RouteFinder
{
    private const int ReturnsToArbiter = 2;

    /// <summary>The command that sends the case on; null in a state that is not waiting to be sent.</summary>
    public static CaseCommand? Decide(Case current, CityModel city, DateTimeOffset now) => current.State switch
    {
        CaseState.Triaged => ToLead(current, city, now),
        CaseState.Returned when current.Returns >= ReturnsToArbiter => new EscalateReturn(),
        CaseState.Returned => To(current.LastReturn!.ProposedOwner, null, current, city, now),
        CaseState.Reopened when current.Reopens > city.Dispatch.ReopenCap => new EscalateReturn(),
        CaseState.Reopened => To(current.Assignment!.Department, null, current, city, now),
        CaseState.Dispatched or CaseState.Accepted or CaseState.Handling or CaseState.Suspended when current.Dispatch?.Reroute is { } to =>
            new DispatchTo(to.Department, to.RuleId, ReleaseGate.IsClosed(to.Department, current, city, now)),
        _ => null,
    };

    /// <summary>Who leads a case by what is known of it now: the city's routing rules first, then the catalogue.</summary>
    public static Reroute LeadOf(Case current, CityModel city) => city.Routing.Find(FactsOf(current, city), city) is { } route
        ? new Reroute(route.Department.Id, route.RuleId)
        : new Reroute(city.LeadOf(city.Catalogue.Find(current.Triage!.CategoryCode) ?? city.Catalogue.Other, current.Triage.AreaId).Id, null);

    /// <summary>The city's routing rules first, then the catalogue as triage read it; but a lead that a person named stays.</summary>
    private static CaseCommand ToLead(Case current, CityModel city, DateTimeOffset now)
    {
        var triage = current.Triage!;
        var route = triage.LeadNamed ? null : city.Routing.Find(FactsOf(current, city), city);
        return To(route?.Department.Id ?? triage.LeadDepartment, route?.RuleId, current, city, now);
    }

    private static CaseCommand To(string department, string? ruleId, Case current, CityModel city, DateTimeOffset now)
    {
        if (!ReleaseGate.IsClosed(department, current, city, now))
        {
            return new DispatchTo(department, ruleId);
        }

        return ReleaseGate.MayBypass(current, city) ? new DispatchTo(department, ruleId, Bypass: true) : new AskRelease(department, ruleId);
    }

    private static RoutingFacts FactsOf(Case current, CityModel city) => new(
        city.Catalogue.Find(current.Triage!.CategoryCode) ?? city.Catalogue.Other,
        current.Triage.AreaId,
        $"{current.Title}\n{current.Text}",
        current.FiledAt,
        current.Point?.Latitude,
        current.Point?.Longitude);
}
