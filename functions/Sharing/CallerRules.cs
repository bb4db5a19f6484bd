using CityBrain.City;
using Microsoft.Extensions.Options;

namespace CityBrain.Sharing;

/// <summary>Checks the callers of the settings against the city: those who act for a property company or volunteers are parties, and nobody else is.</summary>
public sealed class CallerRules(CityModel city) : IValidateOptions<Dictionary<string, CallerOptions>>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, Dictionary<string, CallerOptions> options)
    {
        var faults = options.Select(caller => Fault(caller.Key, caller.Value)).OfType<string>().ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private string? Fault(string name, CallerOptions caller) => (caller.Role, city.Departments.Find(caller.Department ?? "")) switch
    {
        (Role.Party, not { MayLead: false }) => $"Callers:{name}:Department must be a property company or volunteers of departments.json, as its Role is Party.",
        (Role.Staff or Role.Duty, { MayLead: false }) => $"Callers:{name}:Role must be Party: '{caller.Department}' only comes when a whistle calls it.",
        _ => null,
    };
}
