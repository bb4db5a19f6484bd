using CityBrain.Cases;
using CityBrain.Feedback;
using CityBrain.Notifications;
using CityBrain.Sharing;
using CityBrain.Tests.City;
using Microsoft.Extensions.Options;

namespace CityBrain.Tests.Notifications;

/// <summary>What makes cards in the demo city.</summary>
internal static class TestCards
{
    public static readonly FeedbackTokens Tokens = new(new ReporterVault(null!, Options.Create(new VaultOptions { Key = Convert.ToBase64String(new byte[32]) })));

    public static NoticeCards Cards { get; } = new(DemoCity.Model, Tokens, Options.Create(new TeamsOptions { PublicUrl = "https://city.example/" }));

    public static Notice Notice(CaseAction action = CaseAction.Dispatch, CaseState to = CaseState.Dispatched, int version = 3) =>
        NoticeRules.For(Entries.Of(action, to, version), DemoCity.Model.Areas)[0];
}
