using CityBrain.Cases;
using CityBrain.City;

namespace CityBrain.Triage;

/// <summary>What kind of matter a case is: the device's rule, the catalogue's words, and the trained model where the words leave a doubt. Pure.</summary>
/// <param name="Item">The item.</param>
/// <param name="DecidedBy">Which rule or model.</param>
/// <param name="Why">The words or facts that decided.</param>
/// <param name="Unsure">What a person has to decide; null when nothing.</param>
/// <param name="Candidates">The likeliest items, at most three.</param>
public sealed record CategoryFinding(CatalogueItem Item, string DecidedBy, string Why, string? Unsure, IReadOnlyList<CategoryCandidate> Candidates)
{
    /// <summary>A model that is this sure decides where the words of the catalogue do not.</summary>
    public const double Sure = 0.7;

    /// <summary>A model that is this sure may doubt what the words say.</summary>
    public const double VerySure = 0.9;

    private const string ByWords = "rules:keywords";

    /// <summary>Finds the item of a case.</summary>
    public static CategoryFinding Of(Case filed, CityModel city, ICategoryModel? model)
    {
        if (RuleOf(filed, city) is { } rule && city.Catalogue.Find(rule.CatalogueCode) is { } bySensor)
        {
            return new(bySensor, "rule:" + rule.Id, "rule of the device", null, [new(bySensor.Code, 1)]);
        }

        if (filed.ItemOf is { } item && city.Catalogue.Find(item.CategoryCode) is { } ofItem)
        {
            return new(ofItem, "item", "item of " + item.CaseId, null, [new(ofItem.Code, 1)]);
        }

        if (filed.Origin is { Kind: OriginKind.Warning, SourceId: var warning } && city.Catalogue.Find(warning[..Math.Max(0, warning.LastIndexOf('-'))]) is { } warned)
        {
            return new(warned, "warning", "warning " + warning, null, [new(warned.Code, 1)]);
        }

        var matches = city.Catalogue.Match($"{filed.Title}\n{filed.Text}");
        var guess = model?.Guess(filed.Title, filed.Text);
        var likeliest = guess?.Top.FirstOrDefault(candidate => city.Catalogue.Find(candidate.Code) is not null);
        var candidates = guess?.Top ?? SharesOf(matches);
        if (matches.Count == 0)
        {
            return likeliest is { Probability: >= Sure } sure
                ? ByModel(sure, guess!, city, model!)
                : new(city.Catalogue.Other, ByWords, "no keyword matched", "No keyword of the catalogue matched" + (likeliest is null ? "." : $", and the model is unsure: {Described(likeliest)}."), candidates);
        }

        var best = matches[0];
        var why = "words: " + string.Join(", ", best.Words);
        var tie = matches.Skip(1).FirstOrDefault(other => other.Score >= best.Score && other.Item.LeadDepartment != best.Item.LeadDepartment);
        if (tie is not null)
        {
            return likeliest is { Probability: >= Sure } sure && (sure.Code == best.Item.Code || sure.Code == tie.Item.Code)
                ? ByModel(sure, guess!, city, model!)
                : new(best.Item, ByWords, why, $"'{best.Item.Code}' and '{tie.Item.Code}' fit equally well and belong to different departments.", candidates);
        }

        var doubt = likeliest is { Probability: >= VerySure } other && city.Catalogue.Find(other.Code)!.LeadDepartment != best.Item.LeadDepartment
            ? $"The words say '{best.Item.Code}', the model says {Described(other)}, of another department."
            : null;
        return new(best.Item, ByWords, why, doubt, candidates);
    }

    private static CategoryFinding ByModel(CategoryCandidate sure, CategoryGuess guess, CityModel city, ICategoryModel model) =>
        new(city.Catalogue.Find(sure.Code)!, "model:" + model.Version, "words: " + string.Join(", ", guess.Words), null, guess.Top);

    private static string Described(CategoryCandidate candidate) => $"'{candidate.Code}' ({candidate.Probability:P0})";

    /// <summary>Without a model, the share of each item in what the words say.</summary>
    private static IReadOnlyList<CategoryCandidate> SharesOf(IReadOnlyList<KeywordMatch> matches)
    {
        var all = matches.Sum(match => match.Score);
        return [.. matches.Take(3).Select(match => new CategoryCandidate(match.Item.Code, Math.Round(match.Score / all, 3)))];
    }

    /// <summary>The rule that filed a sensor's case, unless it has left the registry since.</summary>
    private static DeviceRule? RuleOf(Case filed, CityModel city) =>
        filed.Origin is { Kind: OriginKind.Sensor } origin && origin.SourceId.Split('/') is [var device, var rule, ..]
            ? city.Devices.Find(device)?.Rules.FirstOrDefault(candidate => candidate.Id == rule)
            : null;
}
