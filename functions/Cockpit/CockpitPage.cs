using CityBrain.City;
using CityBrain.Notifications;
using CityBrain.Resources;
using CityBrain.Sharing;

namespace CityBrain.Cockpit;

/// <summary>The cockpit's page: words, map and settings are put in here; the figures come by its script.</summary>
public sealed class CockpitPage(CityModel city, CityMap map)
{
    private static readonly PageTemplate Page = PageTemplate.Load("Cockpit/cockpit.html");
    private static readonly string Style = PageTemplate.FileText("Cockpit/cockpit.css");

    /// <summary>The parts of the script, which share their names and show none of them to the page.</summary>
    public static string Script { get; } = string.Concat(new[] { "kit", "warnings", "cockpit" }.Select(part => PageTemplate.FileText($"Cockpit/{part}.js")).Prepend("\"use strict\";\n(() => {\n").Append("})();\n"));


    /// <summary>The page for a caller.</summary>
    public HtmlPage Of(Caller caller, Texts texts)
    {
        var nonce = HtmlPage.NewNonce();
        var settings = new
        {
            language = texts.Language,
            timeZone = city.TimeZone.Id,
            channel = NoticeChannels.DefaultOf(caller, city),
            words = texts.StartingWith("Cockpit", "CaseState_", "CaseAction_", "WarningLevel", "WarningSince", "Category", "Area", "Department", "FiledAt", "SignDue", "ResolveDue"),
        };
        return new HtmlPage(
            Page.Fill(texts, new Dictionary<string, string>
            {
                ["lang"] = texts.Language,
                ["city"] = texts.In(city.Name),
                ["nonce"] = nonce,
                ["style"] = Style,
                ["script"] = Script,

                // In a script element only "</" could end it; JSON may write the slash with a backslash.
                ["settings"] = CityJson.Write(settings).Replace("</", "<\\/", StringComparison.Ordinal),
                ["map"] = map.Svg(texts),
            }),
            nonce);
    }
}
