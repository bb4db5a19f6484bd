using System.Text;
using CityBrain.Resources;

namespace CityBrain.Notifications;

/// <summary>Shows a card as Teams would, for where there is no Teams. Everything is escaped.</summary>
public static class CardHtml
{
    /// <summary>Markup of a card.</summary>
    /// <param name="card">The card.</param>
    /// <param name="footer">A line below it, such as when it was sent.</param>
    /// <param name="link">What an address becomes for this reader.</param>
    public static string Of(AdaptiveCard card, string footer, Func<string, string> link)
    {
        var html = new StringBuilder("<article class=\"card\">");
        foreach (var element in card.Body)
        {
            Append(html, element, link);
        }

        html.Append("<div class=\"actions\">");
        foreach (var action in card.Actions)
        {
            html.Append("<a class=\"action\" rel=\"noopener\" href=\"").Append(Safe(link(action.Url))).Append("\">").Append(Safe(action.Title)).Append("</a>");
        }

        return html.Append("<span class=\"when\">").Append(Safe(footer)).Append("</span></div></article>").ToString();
    }

    private static void Append(StringBuilder html, CardElement element, Func<string, string> link)
    {
        switch (element)
        {
            case TextBlock text:
                html.Append("<p class=\"").Append(Classes(text)).Append("\">").Append(Safe(text.Text)).Append("</p>");
                break;
            case FactSet set:
                html.Append("<dl>");
                foreach (var fact in set.Facts)
                {
                    html.Append("<dt>").Append(Safe(fact.Title)).Append("</dt><dd>").Append(Safe(fact.Value)).Append("</dd>");
                }

                html.Append("</dl>");
                break;
            case Container container:
                html.Append(container.SelectAction is { } action ? $"<a class=\"container\" rel=\"noopener\" href=\"{Safe(link(action.Url))}\">" : "<div class=\"container\">");
                foreach (var item in container.Items)
                {
                    Append(html, item, link);
                }

                html.Append(container.SelectAction is null ? "</div>" : "</a>");
                break;
        }
    }

    private static string Classes(TextBlock text) => string.Join(
        ' ',
        new[] { "text", text.Size, text.Weight, text.Color, text.IsSubtle is true ? "Subtle" : null }.OfType<string>().Select(Safe));

    private static string Safe(string text) => PageTemplate.Escape(text);
}
