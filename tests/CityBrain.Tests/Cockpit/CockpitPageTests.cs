using System.Text.Json;
using System.Text.RegularExpressions;
using CityBrain.City;
using CityBrain.Cockpit;
using CityBrain.Resources;
using CityBrain.Sharing;
using CityBrain.Tests.City;

namespace CityBrain.Tests.Cockpit;

public sealed partial class CockpitPageTests
{
    private static readonly string Html = new CockpitPage(DemoCity.Model, new CityMap(DemoCity.Model)).Of(new Caller("duty", Role.Duty), Texts.Chinese).Html;

    [Fact]
    public void Of_Page_LoadsNothingFromElsewhere() => Assert.Empty(Elsewhere().Matches(Html));

    [Fact]
    public void Of_Page_HasAShapeForEveryStreet() => Assert.All(
        DemoCity.Model.Areas.All.Where(area => area.Level is AreaLevel.Street),
        street => Assert.Contains($"data-street=\"{street.Id}\"", Html, StringComparison.Ordinal));

    [Fact]
    public void Of_Settings_HoldEveryWordOfTheScript()
    {
        var json = Settings().Match(Html).Groups[1].Value;
        using var settings = JsonDocument.Parse(json);
        var words = settings.RootElement.GetProperty("words").EnumerateObject().Select(word => word.Name).ToHashSet();
        var used = WordInScript().Matches(CockpitPage.Script).Select(match => match.Groups[1].Value);
        Assert.All(used, word => Assert.Contains(word, words));
    }

    [GeneratedRegex("""(src|href)=["']?(https?:)?//|@import|url\(""")]
    private static partial Regex Elsewhere();

    [GeneratedRegex("""<script type="application/json"[^>]*>(.*?)</script>""", RegexOptions.Singleline)]
    private static partial Regex Settings();

    [GeneratedRegex("""\bt\("(\w+)"(?! \+)""")]
    private static partial Regex WordInScript();
}
