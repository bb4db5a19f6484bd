using CityBrain.Cases;
using CityBrain.Tests.City;

namespace CityBrain.Tests.Notifications;

/// <summary>Outbox entries in the demo city.</summary>
internal static class Entries
{
    public const string CaseId = "0123456789abcdefghjk";
    public const string Department = "dsny";

    public static readonly DateTimeOffset Noon = new(2026, 3, 10, 12, 0, 0, TimeSpan.FromHours(8));

    public static string Grid { get; } = DemoCity.Model.Areas.All.First(area => area.Level is CityBrain.City.AreaLevel.Grid).Id;

    public static OutboxEntry Of(CaseAction action, CaseState to, int version = 3, OriginKind kind = OriginKind.Appeal, ClockRung? rung = null, string? area = null, DateTimeOffset? at = null)
    {
        var areas = DemoCity.Model.Areas;
        var place = area ?? Grid;
        string? At(CityBrain.City.AreaLevel level) => areas.Find(place)!.Level >= level ? areas.AtLevel(place, level).Id : null;

        var after = new CaseSummary(
            CaseId, version, to, kind, Noon.AddHours(-1), "missed-collection", Department, place, At(CityBrain.City.AreaLevel.Street), At(CityBrain.City.AreaLevel.District),
            Noon.AddHours(1), Noon.AddDays(3), null, null, FeedbackRound: 1);
        return new OutboxEntry(after with { Version = version - 1 }, after, new HistoryEntry(version, at ?? Noon, "lifecycle", ActorKind.Lifecycle, action, to, to, null), Rung: rung);
    }
}
