using CityBrain.Resources;

namespace CityBrain.Tests.Resources;

public sealed class PageTemplateTests
{
    [Fact]
    public void Fill_Value_IsEscapedAndMarkupIsNot()
    {
        var values = new Dictionary<string, string> { ["value"] = "<script>\"x\"</script>", ["markup"] = "<b>" };
        Assert.Equal("&lt;script&gt;&quot;x&quot;&lt;/script&gt; <b> 是", new PageTemplate("{{value}} {{{markup}}} {{t:Yes}}").Fill(Texts.Chinese, values));
    }

    [Fact]
    public void Fill_ValueThatLooksLikeAPlaceholder_StaysAText() =>
        Assert.Equal("{{other}}", new PageTemplate("{{value}}").Fill(Texts.English, new Dictionary<string, string> { ["value"] = "{{other}}", ["other"] = "x" }));

    [Fact]
    public void Fill_MissingValue_Throws() =>
        Assert.Throws<KeyNotFoundException>(() => new PageTemplate("{{value}}").Fill(Texts.English, new Dictionary<string, string>()));
}
