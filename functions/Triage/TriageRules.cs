using CityBrain.Cases;
using CityBrain.City;

namespace CityBrain.Triage;

/// <summary>The first look at a case: is a life at risk, what is it, where is it, whose is it. Pure and deterministic. 研判</summary>
public static class TriageRules
{
    /// <summary>The command that triage gives: hand on at once, complete, or ask a person.</summary>
    public static CaseCommand Decide(Case filed, CityModel city, ICategoryModel? model = null)
    {
        var risk = filed.Origin.Kind is OriginKind.Appeal ? filed.Risk ?? city.LifeRisk.Find($"{filed.Title}\n{filed.Text}") : null;
        if (risk is { Certain: true })
        {
            return new Refer(risk.Service, "life at risk: " + string.Join(", ", risk.Words));
        }

        var category = CategoryFinding.Of(filed, city, model);
        var place = filed.ItemOf?.AreaId is { } known && city.Areas.Find(known) is not null
            ? new Jurisdiction(known, null, "as its parent")
            : Jurisdiction.Of(filed, city.Departments.Find(category.Item.LeadDepartment)?.OfficeLevel, city);
        var result = new TriageResult(
            category.Item.Code,
            category.Item.Version,
            place.AreaId,
            risk is null ? category.Item.Urgency : Urgency.LifeSafety,
            city.LeadOf(category.Item, place.AreaId).Id,
            category.Item.CoDepartments,
            category.DecidedBy,
            place.Why is null ? category.Why : $"{category.Why}; {place.Why}")
        {
            Candidates = [.. category.Candidates.Select(candidate => new TriageCandidate(candidate.Code, candidate.Probability))],
            ModelVersion = model?.Version,
        };
        var doubts = new[] { category.Unsure, place.Unsure, risk is null ? null : $"A life may be at risk ({string.Join(", ", risk.Words)}): call {risk.Service} if so." }.Where(doubt => doubt is not null).ToList();
        return doubts.Count == 0 ? new CompleteTriage(result) : new AskReview(result, string.Join(" ", doubts));
    }
}
