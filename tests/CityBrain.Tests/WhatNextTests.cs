using Microsoft.Extensions.Configuration;

namespace CityBrain.Tests;

public sealed class WhatNextTests
{
    [Fact]
    public void Text_WithSettings_NamesTheirPortsAndKeys()
    {
        var text = WhatNext.Text(Settings(("Embedded:HttpPort", "9071"), ("Callers:hotline:Key", "in"), ("Callers:staff:Key", "st"), ("Embedded:SharedAccessKeys:devices", "dev")));

        Assert.Contains("CITY=http://localhost:9071", text, StringComparison.Ordinal);
        Assert.Contains("x-functions-key: in", text, StringComparison.Ordinal);
        Assert.Contains("http://localhost:9071/api/cockpit?code=st", text, StringComparison.Ordinal);
        Assert.Contains("QUEUE=http://localhost:7072/sensor-events", text, StringComparison.Ordinal);
        Assert.Contains("skn=devices", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_WithoutSettings_SaysTheDefaultPortAndNothingOfDevices()
    {
        var text = WhatNext.Text(Settings());

        Assert.Contains("CITY=http://localhost:7071", text, StringComparison.Ordinal);
        Assert.DoesNotContain("QUEUE", text, StringComparison.Ordinal);
    }

    private static IConfiguration Settings(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value)).Build();
}
