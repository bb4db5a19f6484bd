using CityBrain.Cases;
using CityBrain.City;

namespace CityBrain.Dispatch;

/// <summary>Gives a case to a department: one place for what every kind of dispatch does.</summary>
internal static class Assigning
{
    /// <summary>The case in the hands of the department, clocks started anew. An open pause ends; a department that is bound stays bound.</summary>
    public static Case To(string department, Case current, ChangeContext context, string? ruleId = null) => current with
    {
        Assignment = new Assignment(
            department,
            (current.Assignment?.Round ?? 0) + 1,
            SlaClock.Start(LimitsOf(current, context.City), context.Now, context.City.Calendar),
            current.Assignment is { Binding: true } bound && bound.Department == department)
        {
            RuleId = ruleId,
            AtWorker = context.City.IsWorker(department),
        },
        Suspension = null,
        Dispatch = Kept(current, context.Now),
    };

    /// <summary>What a new round takes over: a pause that runs ends now, and the rungs of the old round wait for nobody.</summary>
    private static DispatchFacts? Kept(Case current, DateTimeOffset now)
    {
        if (current is { Dispatch: null, Suspension: null })
        {
            return null;
        }

        var facts = DispatchFacts.Of(current) with { Escalations = [], Burden = null, Reroute = null };
        return current.Suspension is { } pause ? facts with { Pauses = [.. facts.Pauses, new PauseSpan(pause.Since, now < pause.Until ? now : pause.Until)] } : facts;
    }

    /// <summary>Says so when there is no such department, or when it only helps.</summary>
    public static IEnumerable<string> Problems(string? department, ChangeContext context)
    {
        if (context.City.Departments.Find(department ?? "") is not { } found)
        {
            yield return $"'{department}' is not a department of this city.";
        }
        else if (!found.MayLead)
        {
            yield return found.HelpsOnly;
        }
    }

    /// <summary>The conflict when the matter is not on the list of the department's level: only a release opens that way.</summary>
    public static CommandConflict? OutOfList(string? department, Case current, ChangeContext context) =>
        ReleaseGate.IsClosed(department ?? "", current, context.City, context.Now)
            ? new CommandConflict(ReleaseGate.Code, $"The matter is not on the list of the level of '{department}'; name a department of a level that may be given it.")
            : null;

    /// <summary>The limits of the catalogue item under which the case was triaged.</summary>
    public static TimeLimits LimitsOf(Case current, CityModel city) => ItemOf(current, city).Limits;

    private static CatalogueItem ItemOf(Case current, CityModel city)
    {
        var triage = current.Triage ?? throw new InvalidOperationException($"Case {current.Id} has no triage result.");
        return city.Catalogue.Find(triage.CategoryCode, triage.CatalogueVersion) ?? city.Catalogue.Find(triage.CategoryCode) ?? city.Catalogue.Other;
    }
}
