using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Resources;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using CityBrain.Cases;
using CityBrain.EarlyWarning.Warnings;
using CityBrain.Emergency;
using CityBrain.Notifications;
using CityBrain.Resources;
using CityBrain.Supervision;
using Microsoft.AspNetCore.Http;

namespace CityBrain.Tests.Resources;

public sealed partial class TextsTests
{
    /// <summary>Keys that are put together from a value: prefix and the values that can follow.</summary>
    private static readonly Dictionary<string, string[]> Composed = new()
    {
        ["CaseState_"] = Enum.GetNames<CaseState>(),
        ["CaseAction_"] = Enum.GetNames<CaseAction>(),
        ["ClockKind_"] = Enum.GetNames<ClockKind>(),
        ["NoticeKind_"] = Enum.GetNames<NoticeKind>(),
        ["NoticeLead_"] = Enum.GetNames<NoticeKind>(),
        ["OverdueStep_"] = Enum.GetNames<OverdueStep>(),
        ["FlagKind_"] = Enum.GetNames<FlagKind>(),
        ["EmergencyLevel_"] = Enum.GetNames<EmergencyLevel>(),
        ["CockpitDisposition_"] = Enum.GetNames<Disposition>(),
        ["CockpitSign_"] = Enum.GetNames<SignKind>(),
        ["WarningLevel_"] = Enum.GetNames<WarningLevel>(),
        ["Urgency_"] = ["Urgent", "LifeSafety"],
        ["Channel_"] = [NoticeChannels.Duty, NoticeChannels.Reporters],
    };

    [Fact]
    public void Resources_BothLanguages_HaveTheSameKeys() => Assert.Equal(Keys(CultureInfo.InvariantCulture), Keys(CultureInfo.GetCultureInfo("zh-Hans")));

    [Fact]
    public void Resources_BothLanguages_HaveTheSamePlaceholders() => Assert.All(Keys(CultureInfo.InvariantCulture), key =>
        Assert.Equal(Placeholder().Matches(Texts.English[key]).Select(m => m.Value).Order(), Placeholder().Matches(Texts.Chinese[key]).Select(m => m.Value).Order()));

    [Fact]
    public void Resources_EveryKey_IsUsedInTheSources()
    {
        var sources = Sources(".cs", ".html", ".js");
        var composed = Composed.SelectMany(set => set.Value.Select(value => set.Key + value)).ToHashSet();
        Assert.All(Keys(CultureInfo.InvariantCulture).Where(key => !composed.Contains(key)), key => Assert.True(Regex.IsMatch(sources, $"[\":]{key}[\"}}]") || IsTitleOfAUsedKey(key, sources), key));
    }

    [Fact]
    public void Resources_EveryKeyThatIsPutTogether_Exists() =>
        Assert.All(Composed.SelectMany(set => set.Value.Select(value => set.Key + value)), key => Assert.NotEmpty(Texts.English[key]));

    [Fact]
    public void Templates_EveryTextThatTheyName_Exists() =>
        Assert.All(TextPlaceholder().Matches(Sources(".html")).Select(m => m.Groups[1].Value).Distinct(), key => Assert.NotEmpty(Texts.Chinese[key]));

    [Theory]
    [InlineData("?lang=zh", "en", "zh")]
    [InlineData("", "zh-CN,zh;q=0.9,en;q=0.8", "zh")]
    [InlineData("", "fr, en;q=0.8, zh;q=0.5", "en")]
    [InlineData("", "fr", "en")]
    [InlineData("", "", "en")]
    [InlineData("", ";;;q=,,", "en")]
    public void For_Request_TakesQueryThenBrowser(string query, string accepted, string expected)
    {
        var request = new DefaultHttpContext().Request;
        request.QueryString = new QueryString(query);
        request.Headers.AcceptLanguage = accepted;
        Assert.Equal(expected, Texts.For(request).Language);
    }

    [Fact]
    public void Indexer_UnknownKey_Throws() => Assert.Throws<MissingManifestResourceException>(() => Texts.English["NoSuchKey"]);

    private static bool IsTitleOfAUsedKey(string key, string sources) => key.EndsWith("Title", StringComparison.Ordinal) && Regex.IsMatch(sources, $"\"{key[..^5]}\"");

    private static List<string> Keys(CultureInfo culture)
    {
        var manager = (ResourceManager)typeof(Texts).GetField("Words", BindingFlags.Static | BindingFlags.NonPublic)!.GetValue(null)!;
        return [.. manager.GetResourceSet(culture, createIfNotExists: true, tryParents: false)!.Cast<DictionaryEntry>().Select(entry => (string)entry.Key).Order(StringComparer.Ordinal)];
    }

    private static string Sources(params string[] extensions)
    {
        var functions = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../../functions"));
        var files = Directory.EnumerateFiles(functions, "*", SearchOption.AllDirectories)
            .Where(file => extensions.Contains(Path.GetExtension(file)) && !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));
        return string.Join('\n', files.Select(File.ReadAllText));
    }

    private static string Here([CallerFilePath] string here = "") => here;

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\{\{t:(\w+)\}\}")]
    private static partial Regex TextPlaceholder();
}
