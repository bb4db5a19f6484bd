using CityBrain.City;

namespace CityBrain.Emergency;

/// <summary>What somebody wants to declare.</summary>
/// <param name="SourceId">The caller's own number, 1 to 128 characters; the same again is the same emergency.</param>
/// <param name="Plan">Code of the plan.</param>
/// <param name="Level">Proposed level.</param>
/// <param name="AreaId">The area that responds; the whole city, when left out.</param>
/// <param name="Title">Up to 200 characters.</param>
public sealed record DeclareRequest(string? SourceId, string? Plan, EmergencyLevel? Level, string? AreaId = null, string? Title = null)
{
    /// <summary>What is wrong, as sentences.</summary>
    public IEnumerable<string> Faults(EmergencyPlans plans, AreaMap areas)
    {
        if (string.IsNullOrWhiteSpace(SourceId) || SourceId.Length > 128)
        {
            yield return "sourceId must have 1 to 128 characters.";
        }

        if (plans.Find(Plan) is null)
        {
            yield return $"plan must be one of: {string.Join(", ", plans.All.Select(plan => plan.Code))}.";
        }

        if (Level is null)
        {
            yield return "level must be blue, yellow, orange or red.";
        }

        if (AreaId is not null && areas.Find(AreaId) is null or { Level: AreaLevel.Grid })
        {
            yield return "areaId must be the city, a district, a street or a community.";
        }

        if (Title?.Length > 200)
        {
            yield return "title has at most 200 characters.";
        }
    }
}

/// <summary>An emergency as staff see it.</summary>
public sealed record EmergencyView(EmergencyRecord Emergency, LocalizedName? Plan, LocalizedName? Area, IReadOnlyList<EmergencyAction> Commands)
{
    /// <summary>The view of a record.</summary>
    public static EmergencyView Of(EmergencyRecord source, EmergencyPlans plans, AreaMap areas) =>
        new(source, plans.Find(source.PlanCode)?.Name, areas.Find(source.AreaId)?.Name, EmergencyTransitions.CommandsFrom(source.State));
}

/// <summary>Who is missing 点名.</summary>
public sealed record RollCallView(int Expected, int Acknowledged, IReadOnlyList<MissingView> Missing);

/// <summary>An area that has not confirmed.</summary>
public sealed record MissingView(string AreaId, LocalizedName? Area, IReadOnlyList<LocalizedName> Tasks, DateTimeOffset SentAt, int Rung, string? ClimbedTo);
