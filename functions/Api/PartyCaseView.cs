using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Dispatch;
using CityBrain.Feedback;
using CityBrain.Sharing;

namespace CityBrain.Api;

/// <summary>A case as a property company or volunteers see it: what the last whistle that calls them needs, and nothing else.</summary>
/// <param name="Id">Which case.</param>
/// <param name="Version">Which version of it.</param>
/// <param name="Title">Redacted; null when the whistle is over.</param>
/// <param name="Text">Redacted; null when the whistle is over.</param>
/// <param name="Category">What it is about.</param>
/// <param name="Areas">Where, the smallest area first.</param>
/// <param name="Location">Where; null when the whistle is over.</param>
/// <param name="Address">Where in words, redacted; null when the whistle is over.</param>
/// <param name="Whistle">What it is called for, and how far it has come.</param>
/// <param name="Commands">What it can say next.</param>
/// <param name="Links">Where to look again.</param>
public sealed record PartyCaseView(
    string Id,
    int Version,
    string? Title,
    string? Text,
    LocalizedName? Category,
    IReadOnlyList<Area>? Areas,
    GeoPoint? Location,
    string? Address,
    PartyWhistle Whistle,
    IReadOnlyList<string> Commands,
    IReadOnlyDictionary<string, string> Links)
{
    /// <summary>The view of a case for a party that it has called.</summary>
    public static PartyCaseView Of(Case source, string partyId, CityModel city)
    {
        var round = source.Whistles!.Last(whistle => whistle.Find(partyId) is not null);
        var (party, open) = (round.Find(partyId)!, round.ClosedAt is null);
        return new(
            source.Id,
            source.Version,
            open ? source.Title : null,
            open ? source.Text : null,
            city.Catalogue.Find(source.Triage?.CategoryCode ?? "")?.Name,
            source.Triage is { } placed && city.Areas.Find(placed.AreaId) is not null ? city.Areas.Chain(placed.AreaId) : null,
            open ? source.Point : null,
            open ? source.Address : null,
            new(round.Number, round.Purpose, round.Lead, city.Departments.Find(round.Lead)?.Name, round.BlownAt, round.ClosedAt, party),
            open ? [.. WhistleLaw.StepsFrom(party.State).Where(step => step is not CaseAction.RateWhistle && CaseTransitions.Next(source.State, step) is not null).Select(CommandCatalog.NameOf)] : [],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["self"] = $"/api/cases/{source.Id}" });
    }
}

/// <summary>A whistle as one party sees it: who calls, what for, and its own part.</summary>
public sealed record PartyWhistle(int Number, string Purpose, string Lead, LocalizedName? LeadName, DateTimeOffset BlownAt, DateTimeOffset? ClosedAt, WhistleParty Party);

/// <summary>Which view of a case is whose.</summary>
public static class CaseViews
{
    /// <summary>The view of a case for a caller who may see it.</summary>
    public static object For(Case source, Caller caller, CityModel city, FeedbackTokens tokens) =>
        caller.Role is Role.Party ? PartyCaseView.Of(source, caller.Department!, city) : CaseView.Of(source, caller, city, tokens);
}
