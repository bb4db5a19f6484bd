using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Resources;

namespace CityBrain.Feedback;

/// <summary>What the reporter sees: what the department answered and three questions, or one sentence that says why there are none.</summary>
public sealed class FeedbackPage(CityModel city)
{
    private static readonly PageTemplate Frame = PageTemplate.Load("Feedback/feedback.html");
    private static readonly PageTemplate Questions = PageTemplate.Load("Feedback/questions.html");
    private static readonly string Style = PageTemplate.FileText("Resources/page.css") + PageTemplate.FileText("Feedback/feedback.css");

    /// <summary>The page with the questions; when the link is only good for "unsolved", with that one answer.</summary>
    public HtmlPage Ask(Case current, FeedbackStanding standing, Texts texts, IReadOnlyList<string>? faults = null)
    {
        var reopen = standing is FeedbackStanding.Reopenable;
        var form = Questions.Fill(texts, new Dictionary<string, string>
        {
            ["category"] = texts.In(city.Catalogue.Find(current.Triage?.CategoryCode ?? "")?.Name ?? city.Catalogue.Other.Name),
            ["area"] = texts.In(PlaceName.Of(current.Triage?.AreaId, city.Areas) ?? city.Name),
            ["filed"] = texts.Time(current.FiledAt, city.TimeZone),
            ["department"] = current.Assignment is { } assignment && city.Departments.Find(assignment.Department) is { } department ? texts.In(department.Name) : "",
            ["reply"] = current.Reply?.Text ?? "",
            ["replied"] = current.Reply is { } reply ? texts.Time(reply.At, city.TimeZone) : "",
            ["solvedHidden"] = reopen ? "hidden" : "",
            ["solvedChecked"] = reopen ? "checked" : "",
            ["fault"] = faults is null ? "" : $"<p class=\"fault\" role=\"alert\">{PageTemplate.Escape(texts["FeedbackIncomplete"])}</p>",
            ["intro"] = texts[reopen ? "FeedbackReopenIntro" : "FeedbackIntro"],
            ["maxComment"] = AnswerFeedback.MaxComment.ToString(texts.Culture),
        });
        return Framed(texts["FeedbackTitle"], form, texts, faults is null ? 200 : 400);
    }

    /// <summary>One sentence instead of the questions.</summary>
    /// <param name="key">Text key; its title has the same key and <c>Title</c> at the end.</param>
    /// <param name="texts">The reader's language.</param>
    /// <param name="status">HTTP status.</param>
    public HtmlPage Say(string key, Texts texts, int status) =>
        Framed(texts[key + "Title"], $"<p class=\"lead\">{PageTemplate.Escape(texts[key])}</p>", texts, status);

    private HtmlPage Framed(string title, string content, Texts texts, int status)
    {
        var nonce = HtmlPage.NewNonce();
        var html = Frame.Fill(texts, new Dictionary<string, string>
        {
            ["lang"] = texts.Language,
            ["city"] = texts.In(city.Name),
            ["title"] = title,
            ["nonce"] = nonce,
            ["style"] = Style,
            ["content"] = content,
        });
        return new HtmlPage(html, nonce, status);
    }
}
