using System.Text;
using System.Text.Json;
using CityBrain.Cases;
using CityBrain.Notifications;
using CityBrain.Resources;

namespace CityBrain.Tests.Notifications;

public sealed class NoticeCardsTests
{
    [Fact]
    public void Of_Dispatch_HasCategoryPlaceAndDueTimesInTheReadersLanguage()
    {
        var card = TestCards.Cards.Of(TestCards.Notice(), Texts.Chinese);
        var facts = card.Body.OfType<FactSet>().Single().Facts.ToDictionary(fact => fact.Title, fact => fact.Value);
        Assert.Equal("新派案件", card.Body.OfType<TextBlock>().First().Text);
        Assert.Equal("2026年3月10日 13:00", facts["签收时限"]);
        Assert.Equal("2026年3月13日 12:00", facts["办结时限"]);
        Assert.Equal(["事项", "区域", "部门", "签收时限", "办结时限"], facts.Keys);
    }

    [Fact]
    [Trait("behaviour", "Personal data: text is redacted before it reaches a card, a list, a cluster or an export")]
    public void Of_QuestionToReporter_LeadsToTheLinkOfItsRoundAndTellsNothingElse()
    {
        var card = TestCards.Cards.Of(TestCards.Notice(CaseAction.PassReply, CaseState.Verified), Texts.English);
        Assert.Equal($"https://city.example/api/feedback/{TestCards.Tokens.Create(Entries.CaseId, 1)}", Assert.Single(card.Actions).Url);
        Assert.Equal(["Category", "Area"], card.Body.OfType<FactSet>().Single().Facts.Select(fact => fact.Title));
    }

    [Fact]
    public void Payload_OneNotice_IsWhatTheWebhookTakes()
    {
        var payload = new TeamsPayload(TestCards.Cards).Of([TestCards.Notice()], Texts.English);
        using var json = JsonDocument.Parse(payload);
        var attachment = json.RootElement.GetProperty("attachments")[0];
        var card = attachment.GetProperty("content");
        Assert.Equal("message", json.RootElement.GetProperty("type").GetString());
        Assert.Equal("application/vnd.microsoft.card.adaptive", attachment.GetProperty("contentType").GetString());
        Assert.Equal(("AdaptiveCard", "1.2", "http://adaptivecards.io/schemas/adaptive-card.json"), (Text(card, "type"), Text(card, "version"), Text(card, "$schema")));
        Assert.Equal(["TextBlock", "TextBlock", "FactSet"], card.GetProperty("body").EnumerateArray().Select(element => Text(element, "type")));
        Assert.Equal($"https://city.example/api/cockpit?lang=en&case={Entries.CaseId}", Text(card.GetProperty("actions")[0], "url"));
        Assert.Equal("Action.OpenUrl", Text(card.GetProperty("actions")[0], "type"));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(100)]
    [InlineData(5000)]
    public void Payload_SeveralNotices_AreOneCardBelowTheLimit(int count)
    {
        var notices = Enumerable.Range(1, count).Select(version => TestCards.Notice(version: version)).ToList();
        var payload = new TeamsPayload(TestCards.Cards).Of(notices, Texts.Chinese);
        Assert.InRange(payload.Length, 1, TeamsPayload.MaxBytes);
        using var json = JsonDocument.Parse(payload);
        var body = json.RootElement.GetProperty("attachments")[0].GetProperty("content").GetProperty("body");
        Assert.Equal(Math.Min(count, TeamsPayload.MostLines), body.EnumerateArray().Count(element => Text(element, "type") == "Container"));
        Assert.Equal(count > TeamsPayload.MostLines, Encoding.UTF8.GetString(payload).Contains($"另有 {count - TeamsPayload.MostLines} 条", StringComparison.Ordinal));
    }

    [Fact]
    public void Html_CardWithMarkupInItsTexts_IsEscaped()
    {
        var card = new AdaptiveCard([new TextBlock("<img src=x>", Color: "\" onload=\""), new FactSet([new Fact("<b>", "&")])], [new OpenUrl("<i>", "https://x/?a=\"b\"")]);
        var html = CardHtml.Of(card, "<u>", url => url);
        Assert.All(["<img", "<b>", "<i>", "<u>", "\" onload"], markup => Assert.DoesNotContain(markup, html, StringComparison.Ordinal));
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
