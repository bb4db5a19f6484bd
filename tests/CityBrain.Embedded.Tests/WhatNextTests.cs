using Microsoft.Extensions.Configuration;

namespace CityBrain.Embedded.Tests;

public sealed class WhatNextTests
{
    private static readonly WhatNext.Addresses Host = new(new("http://127.0.0.1:9071"), new("http://127.0.0.1:9072"), "Endpoint=sb://127.0.0.1:9073;", "TableEndpoint=http://127.0.0.1:9074/citybrain;");

    [Fact]
    public void Text_WithSettings_NamesAddressesAndKeys()
    {
        var text = Text(("Callers:hotline:Key", "in"), ("Callers:staff:Key", "st"), ("Embedded:SharedAccessKeys:devices:Key", "dev"), ("Embedded:SharedAccessKeys:devices:Queues", "sensor-events"));

        Assert.Contains("CITY=http://127.0.0.1:9071\n", text, StringComparison.Ordinal);
        Assert.Contains("x-functions-key: in", text, StringComparison.Ordinal);
        Assert.Contains("http://127.0.0.1:9071/api/cockpit?code=st", text, StringComparison.Ordinal);
        Assert.Contains("QUEUE=http://127.0.0.1:9072/sensor-events", text, StringComparison.Ordinal);
        Assert.Contains("skn=devices", text, StringComparison.Ordinal);
        Assert.Contains(Host.ServiceBus, text, StringComparison.Ordinal);
        Assert.Contains(Host.Tables, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_NoKeyForTheQueueOfDevices_SaysNothingOfDevices() =>
        Assert.DoesNotContain("QUEUE", Text(("Embedded:SharedAccessKeys:other:Key", "x"), ("Embedded:SharedAccessKeys:other:Queues", "notices")), StringComparison.Ordinal);

    private static string Text(params (string Name, string Value)[] settings) =>
        WhatNext.Text(new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value)).Build(), Host).ReplaceLineEndings("\n");
}
