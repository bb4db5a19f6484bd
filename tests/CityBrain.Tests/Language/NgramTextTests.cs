using CityBrain.Language;
using FsCheck;
using FsCheck.Fluent;

namespace CityBrain.Tests.Language;

public sealed class NgramTextTests
{
    [Theory]
    [InlineData("Ａ３区 路灯！！坏了", "a0区路灯 坏了")]
    [InlineData("Street  Light, out", "street light out")]
    [InlineData("2019年12月31日", "0年0月0日")]
    [InlineData("12 34", "0 0")]
    [InlineData("小区\u3000门口\n", "小区门口")]
    [InlineData("3号 line", "0号 line")]
    [InlineData("", "")]
    [InlineData("。！", "")]
    public void Normalise_Text_GivesItsForm(string text, string expected) => Assert.Equal(expected, Normalised(text));

    [Fact]
    public void Normalise_Normalised_ChangesNothing() => Laws.Holds(ArbMap.Default.GeneratorFor<string>(), text =>
    {
        var once = Normalised(text ?? "");
        Assert.Equal(once, Normalised(once));
    });

    [Fact]
    public void Normalise_AnyText_IsNoLongerThanItAndPositionsRise() => Laws.Holds(ArbMap.Default.GeneratorFor<string>(), text =>
    {
        text ??= "";
        var positions = new int[text.Length + 1];
        var length = NgramText.Normalise(text, new char[text.Length + 1], positions);
        Assert.InRange(length, 0, text.Length);
        for (var i = 1; i < length; i++)
        {
            Assert.True(positions[i] >= positions[i - 1]);
        }
    });

    private static string Normalised(string text)
    {
        var normalised = new char[text.Length + 1];
        return new string(normalised, 0, NgramText.Normalise(text, normalised));
    }
}
