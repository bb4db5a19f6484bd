using CityBrain.Cases;
using CityBrain.City;

namespace CityBrain.Triage;

/// <summary>Puts the first look at a case together: the rules, then the open cases about the same matter.</summary>
public sealed class TriageDesk(OpenMatters matters, CategoryModels models, CityModel city)
{
    /// <summary>The command that triage gives for a filed case.</summary>
    public async Task<CaseCommand> DecideAsync(Case filed, CancellationToken cancellationToken)
    {
        var command = TriageRules.Decide(filed, city, await models.CurrentAsync(cancellationToken));
        if (command is not CompleteTriage { Result: var found } || filed.Origin.Kind is not OriginKind.Appeal)
        {
            return command;
        }

        var known = filed with { Triage = found };
        var item = city.Catalogue.Find(found.CategoryCode) ?? city.Catalogue.Other;
        IEnumerable<string> around = filed.Point is { } point ? MatterKeys.Around(found.CategoryCode, point, item.RadiusMetres) : MatterKeys.Of(known);
        var asked = filed.Origin.ReporterKey is { } reporter ? around.Append(MatterKeys.ByReporter(reporter)) : around;
        var others = await matters.FindAsync(asked.Distinct(StringComparer.Ordinal), filed.Id, cancellationToken);
        var (join, similar) = DuplicateRules.Decide(filed, found, item, others);
        return (CaseCommand?)join ?? new CompleteTriage(found with { Similar = similar });
    }
}
