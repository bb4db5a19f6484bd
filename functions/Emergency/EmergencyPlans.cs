using CityBrain.City;

namespace CityBrain.Emergency;

/// <summary>The plans of the city, read from <c>emergency-plans.json</c> in its folder. Immutable.</summary>
public sealed class EmergencyPlans(IReadOnlyList<EmergencyPlan> all)
{
    private const string FileName = "emergency-plans.json";

    /// <summary>All plans, in the order of the file.</summary>
    public IReadOnlyList<EmergencyPlan> All { get; } = all;

    /// <summary>The plan of a code, or null.</summary>
    public EmergencyPlan? Find(string? code) => All.FirstOrDefault(plan => plan.Code == code);

    /// <summary>Reads and checks the file; a city without one has no plans.</summary>
    /// <exception cref="CityFileException">The file is wrong.</exception>
    public static EmergencyPlans Load(string folder)
    {
        if (!File.Exists(Path.Combine(folder, FileName)))
        {
            return new([]);
        }

        var file = new CityFile(folder, FileName);
        var plans = file.Read<Content>().Plans;
        file.RequireUnique(plans, plan => plan.Code, plan => $"plan '{plan.Code}'");
        foreach (var plan in plans)
        {
            Check(file, plan);
        }

        return new(plans);
    }

    private static void Check(CityFile file, EmergencyPlan plan)
    {
        var place = $"plan '{plan.Code}'";
        file.RequireId(plan.Code, place);
        file.RequireName(plan.Name, place);
        foreach (var (code, name) in plan.Tasks)
        {
            file.RequireId(code, place);
            file.RequireName(name, $"{place}, task '{code}'");
        }

        foreach (var level in Enum.GetValues<EmergencyLevel>())
        {
            file.Require(plan.Levels.ContainsKey(level), place, $"it says nothing of the level {level}; write all four.");
            var rule = plan.Levels[level];
            file.Require(rule.AcknowledgeMinutes > 0 && rule.RollCallMinutes > 0, $"{place}, {level}", "acknowledgeMinutes and rollCallMinutes must be more than 0.");
            var unknown = rule.Tasks.Values.SelectMany(codes => codes).FirstOrDefault(code => !plan.Tasks.ContainsKey(code));
            file.Require(unknown is null, $"{place}, {level}", $"the task '{unknown}' is not among the tasks of the plan.");
        }
    }

    private sealed record Content(IReadOnlyList<EmergencyPlan> Plans);
}
