using System.Text;
using CityBrain.City;
using CityBrain.Resources;
using CityBrain.Sharing;
using Microsoft.AspNetCore.Http;

namespace CityBrain.Notifications;

/// <summary>The newest notices of a channel as a page of cards; it fetches itself again every few seconds.</summary>
public sealed class NoticePage(NoticeCards cards, CityModel city)
{
    private static readonly PageTemplate Page = PageTemplate.Load("Notifications/notices.html");
    private static readonly string Style = PageTemplate.FileText("Resources/page.css") + PageTemplate.FileText("Notifications/notices.css");

    /// <summary>The page.</summary>
    public HtmlPage Of(IReadOnlyList<Notice> notices, string channel, Caller caller, HttpRequest request, Texts texts)
    {
        var key = request.Query["code"].ToString();
        var nonce = HtmlPage.NewNonce();
        var list = notices.Count == 0
            ? $"<p class=\"none\">{PageTemplate.Escape(texts["NoNotices"])}</p>"
            : string.Concat(notices.Select(notice => CardHtml.Of(cards.Of(notice, texts), texts.Time(notice.At, city.TimeZone), Own)));
        return new HtmlPage(
            Page.Fill(texts, new Dictionary<string, string>
            {
                ["lang"] = texts.Language,
                ["nonce"] = nonce,
                ["style"] = Style,
                ["city"] = texts.In(city.Name),
                ["channel"] = channel,
                ["channelName"] = cards.NameOf(channel, texts),
                ["key"] = key,
                ["options"] = Options(channel, caller, texts),
                ["cards"] = list,
            }),
            nonce);

        // A reader with a key in the address keeps it from page to page; a card that is sent never holds one.
        string Own(string url) => key.Length > 0 && url.Contains("/api/cockpit?", StringComparison.Ordinal) ? $"{url}&code={Uri.EscapeDataString(key)}" : url;
    }

    private string Options(string current, Caller caller, Texts texts)
    {
        var channels = new[] { NoticeChannels.Duty, NoticeChannels.Reporters }
            .Concat(city.Departments.All.Select(department => NoticeChannels.Department(department.Id)))
            .Concat(city.Areas.All.Where(area => area.Level is AreaLevel.District or AreaLevel.Street).Select(NoticeChannels.Area))
            .Where(channel => NoticeChannels.MayRead(caller, channel, city));
        var html = new StringBuilder();
        foreach (var channel in channels)
        {
            html.Append("<option value=\"").Append(PageTemplate.Escape(channel)).Append(channel == current ? "\" selected>" : "\">").Append(PageTemplate.Escape(cards.NameOf(channel, texts))).Append("</option>");
        }

        return html.ToString();
    }
}
