using CityBrain.Cases;
using CityBrain.City;

namespace CityBrain.Dispatch;

/// <summary>Decides where a case goes next. Pure.</summary>
public static class RouteFinder
{
    private const int ReturnsToArbiter = 2;

    /// <summary>The command that sends the case on; null in a state that is not waiting to be sent.</summary>
    public static CaseCommand? Decide(Case current, CityModel city) => current.State switch
    {
        CaseState.Triaged => ToLead(current, city),
        CaseState.Returned when current.Returns >= ReturnsToArbiter => new EscalateReturn(),
        CaseState.Returned => new DispatchTo(current.LastReturn!.ProposedOwner),
        CaseState.Reopened => new DispatchTo(current.Assignment!.Department),
        _ => null,
    };

    private static CaseCommand ToLead(Case current, CityModel city)
    {
        var triage = current.Triage!;
        var item = city.Catalogue.Find(triage.CategoryCode) ?? city.Catalogue.Other;
        return city.Departments.Find(triage.LeadDepartment) is { } lead && ReleaseGate.NeedsRelease(item, lead, city.Areas)
            ? new AskRelease(lead.Id)
            : new DispatchTo(triage.LeadDepartment);
    }
}
