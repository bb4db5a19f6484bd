using CityBrain.Cases;
using CityBrain.Feedback;
using CityBrain.Resources;
using CityBrain.Tests.City;
using Microsoft.AspNetCore.Http;

namespace CityBrain.Tests.Feedback;

public sealed class FeedbackPageTests
{
    private readonly FeedbackPage _page = new(DemoCity.Model);

    [Fact]
    public void Ask_ReplyWithMarkup_IsEscaped()
    {
        var html = _page.Ask(Verified("<script>alert(1)</script>\"'"), FeedbackStanding.Open, Texts.English).Html;
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(1)", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Ask_Reopenable_OffersOnlyUnsolved()
    {
        var html = _page.Ask(Verified("done"), FeedbackStanding.Reopenable, Texts.Chinese).Html;
        Assert.Contains("<label hidden><input type=\"radio\" name=\"solved\" value=\"yes\"", html, StringComparison.Ordinal);
        Assert.Contains("name=\"solved\" value=\"no\" checked", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Execute_Page_LoadsNothingFromElsewhereAndIsNotStored()
    {
        var http = new DefaultHttpContext();
        await _page.Say("FeedbackExpired", Texts.English, 410).ExecuteAsync(http);
        Assert.Equal(410, http.Response.StatusCode);
        Assert.Equal(("no-store", "no-referrer"), (http.Response.Headers.CacheControl.ToString(), http.Response.Headers["Referrer-Policy"].ToString()));
        Assert.StartsWith("default-src 'none';", http.Response.Headers.ContentSecurityPolicy.ToString(), StringComparison.Ordinal);
    }

    private static Case Verified(string reply) => new()
    {
        Id = "0123456789abcdefghjk",
        Origin = new CaseOrigin(OriginKind.Appeal, "hotline", "1"),
        Text = "text",
        State = CaseState.Verified,
        Reply = new CaseReply(reply, "staff", DateTimeOffset.UnixEpoch),
        Feedback = new FeedbackRound(1, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch),
    };
}
