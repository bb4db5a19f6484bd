using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Feedback;
using CityBrain.Sharing;

namespace CityBrain.Api;

/// <summary>A case as staff see it: without personal data, with names in both languages and what can be done next.</summary>
public sealed record CaseView(
    string Id,
    int Version,
    CaseState Status,
    CaseOriginView Origin,
    string Title,
    string Text,
    string? Language,
    RedactionDue? Redaction,
    DateTimeOffset OccurredAt,
    DateTimeOffset FiledAt,
    DateTimeOffset ChangedAt,
    GeoPoint? Location,
    string? Address,
    IReadOnlyList<string> Attachments,
    TriageResult? Triage,
    LocalizedName? Category,
    IReadOnlyList<Area>? Areas,
    Assignment? Assignment,
    LocalizedName? Department,
    Suspension? Suspension,
    ReturnNote? LastReturn,
    CaseReply? Reply,
    ReplyReview? ReplyReview,
    FeedbackRound? Feedback,
    ReporterAnswer? Answer,
    DispatchFacts? Dispatch,
    IReadOnlyList<WhistleRound>? Whistles,
    IReadOnlyList<CaseItem>? Items,
    ParentItem? ItemOf,
    int Returns,
    int Reopens,
    DateTimeOffset? SensorClearedAt,
    SpotCheck? SpotCheck,
    DateTimeOffset? RecurredAt,
    DateTimeOffset? EndedAt,
    string? MergedInto,
    MergeKind? MergedAs,
    int Urges,
    int Subscribers,
    string? EmergencyId,
    IReadOnlyList<string> Commands,
    IReadOnlyDictionary<string, string> Links)
{
    /// <summary>The view of a case for a caller. The reporter's link is shown to duty officers alone: a department must not answer for the reporter.</summary>
    public static CaseView Of(Case source, Caller caller, CityModel city, FeedbackTokens tokens) => new(
        source.Id,
        source.Version,
        source.State,
        new CaseOriginView(source.Origin.Kind, source.Origin.Channel, source.Origin.SourceId),
        source.Title,
        source.Text,
        source.Language,
        source.Redaction,
        source.OccurredAt,
        source.FiledAt,
        source.ChangedAt,
        source.Point,
        source.Address,
        source.Attachments,
        source.Triage,
        source.Triage is { } triage ? city.Catalogue.Find(triage.CategoryCode)?.Name : null,
        source.Triage is { } placed && city.Areas.Find(placed.AreaId) is not null ? city.Areas.Chain(placed.AreaId) : null,
        source.Assignment,
        source.Assignment is { } assignment ? city.Departments.Find(assignment.Department)?.Name : null,
        source.Suspension,
        source.LastReturn,
        source.Reply,
        source.ReplyReview,
        source.Feedback,
        source.Answer,
        source.Dispatch,
        source.Whistles,
        source.Items,
        source.ItemOf,
        source.Returns,
        source.Reopens,
        source.SensorClearedAt,
        source.SpotCheck,
        source.RecurredAt,
        source.EndedAt,
        source.MergedInto,
        source.MergedAs,
        source.Urges,
        source.Subscribers,
        source.EmergencyId,
        CommandCatalog.NamesFrom(source.State),
        LinksOf(source, caller, tokens));

    private static Dictionary<string, string> LinksOf(Case source, Caller caller, FeedbackTokens tokens)
    {
        var links = new Dictionary<string, string>(StringComparer.Ordinal) { ["self"] = $"/api/cases/{source.Id}", ["history"] = $"/api/cases/{source.Id}/history" };
        if (caller.Role is Role.Duty && source is { Feedback: { } round, State: CaseState.Verified or CaseState.Closed or CaseState.Merged, Origin.Kind: OriginKind.Appeal })
        {
            links["feedback"] = $"/api/feedback/{tokens.Create(source.Id, round.Number)}";
        }

        return links;
    }
}

/// <summary>Where a case came from, as staff see it.</summary>
public sealed record CaseOriginView(OriginKind Kind, string Channel, string SourceId);
