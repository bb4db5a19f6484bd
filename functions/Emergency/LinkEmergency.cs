using CityBrain.Cases;

namespace CityBrain.Emergency;

/// <summary>The case belongs to an emergency: it is left out of rankings when another duty officer confirms. Nothing for an id takes it out again.</summary>
public sealed record LinkEmergency(string? EmergencyId = null) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.LinkEmergency;

    /// <inheritdoc/>
    public override string Summary => EmergencyId is null ? "to none" : "to " + EmergencyId;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context)
    {
        if (EmergencyId is not null && !CaseKeys.IsCaseId(EmergencyId))
        {
            yield return "emergencyId must be the id of an emergency, or be left out.";
        }
        else if (EmergencyId == current.EmergencyId)
        {
            yield return EmergencyId is null ? "The case belongs to no emergency." : "The case belongs to that emergency already.";
        }
    }

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) => current with { EmergencyId = EmergencyId, EmergencyBy = EmergencyId is null ? null : context.Actor.Name };
}
