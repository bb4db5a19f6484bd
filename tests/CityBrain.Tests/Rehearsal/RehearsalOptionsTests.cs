using CityBrain.Rehearsal;

namespace CityBrain.Tests.Rehearsal;

public sealed class RehearsalOptionsTests
{
    [Fact]
    public void Parse_AllOptions_AreTaken() =>
        Assert.Equal((new RehearsalOptions(7, 20.5, 40, true), null), RehearsalOptions.Parse(["--seed", "7", "--exit", "--seconds", "20.5", "--limit", "40"]));

    [Theory]
    [InlineData("--speed", "9")]
    [InlineData("--limit", "0")]
    [InlineData("--seconds", "many")]
    [InlineData("--seed")]
    public void Parse_WhatIsNotUnderstood_IsNamed(params string[] arguments) =>
        Assert.Contains(arguments[0], RehearsalOptions.Parse(arguments).Fault, StringComparison.Ordinal);
}
