using CityBrain.Embedded.Hosting;
using Microsoft.Extensions.Configuration;

namespace CityBrain.Embedded.Tests.Functions;

public sealed class HostSettingsTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Settings_SameKeyEverywhere_CommandLineBeatsEnvironmentBeatsFile()
    {
        WriteSettings("""{ "Values": { "A_4711": "file", "B_4711": "file", "C_4711": "file", "D_4711__Inner": "file", "Embedded__Path": "x" } }""");
        Environment.SetEnvironmentVariable("B_4711", "environment");
        Environment.SetEnvironmentVariable("C_4711", "environment");
        try
        {
            var configuration = new ConfigurationManager();
            HostSettings.AddTo(configuration, _folder.Path, ["--C_4711=command line"]);
            Assert.Equal(("file", "environment", "command line", "file"), (configuration["A_4711"], configuration["B_4711"], configuration["C_4711"], configuration["D_4711:Inner"]));
            var app = HostSettings.OfApp(_folder.Path, ["--C_4711=command line"]);
            Assert.Equal(("file", "environment", "command line", "file"), (app["A_4711"], app["B_4711"], app["C_4711"], app["D_4711__Inner"]));
            Assert.DoesNotContain(app.Keys, key => key.StartsWith("Embedded", StringComparison.OrdinalIgnoreCase));
        }
        finally
        {
            Environment.SetEnvironmentVariable("B_4711", null);
            Environment.SetEnvironmentVariable("C_4711", null);
        }
    }

    [Fact]
    public void Settings_NoFile_UsesTheSample()
    {
        File.Delete(Path.Combine(_folder.Path, "local.settings.json"));
        File.WriteAllText(Path.Combine(_folder.Path, "local.settings.sample.json"), """{ "Values": { "A_4711": "sample" } }""");
        Assert.Equal("sample", HostSettings.OfApp(_folder.Path, [])["A_4711"]);
    }

    [Fact]
    public void Settings_FileIsNotJson_SaysWhich()
    {
        WriteSettings("{ \"Values\": ");
        Assert.Contains("local.settings.json", Assert.Throws<InvalidOperationException>(() => HostSettings.OfApp(_folder.Path, [])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Embedded:HttpPort=99999", "HttpPort")]
    [InlineData("--Embedded:ClockSpeed=0", "ClockSpeed")]
    [InlineData("--Embedded:TimeZone=", "TimeZone")]
    public async Task Start_WrongEmbeddedOption_NamesIt(string argument, string part)
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => EmbeddedHost.StartAsync([.. TestHost.SettingsOf(_folder), argument], _ => { }, TestContext.Current.CancellationToken));
        Assert.Contains(part, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "extensions": { "serviceBus": { "maxConcurrentCalls": 0 } } }""", "MaxConcurrentCalls")]
    [InlineData("""{ "extensions": { "serviceBus": { "sessionIdleTimeout": "soon" } } }""", "sessionIdleTimeout")]
    [InlineData("""{ "extensions": { "durableTask": { "hubName": "1" } } }""", "hubName")]
    [InlineData("""{ "extensions": """, "host.json")]
    public void HostJson_Wrong_SaysWhere(string text, string part)
    {
        var path = Path.Combine(_folder.Path, "host.json");
        File.WriteAllText(path, text);
        var failure = Assert.Throws<InvalidOperationException>(() => HostJson.Read(path));
        Assert.Contains(part, failure.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("host.json", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_SettingOfATriggerMissing_SaysWhichOneAndWhere()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => EmbeddedHost.StartAsync([.. TestHost.SettingsOf(_folder), "--Schedule="], _ => { }, TestContext.Current.CancellationToken));
        Assert.Equal("The function 'Tick' needs the setting 'Schedule', which is missing; add it to Values in local.settings.json or set it as an environment variable.", failure.Message);
    }

    [Fact]
    public async Task Start_WrongSchedule_SaysWhichFunctionAndWhy()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => EmbeddedHost.StartAsync([.. TestHost.SettingsOf(_folder), "--Schedule=0 99 * * * *"], _ => { }, TestContext.Current.CancellationToken));
        Assert.Contains("'Tick'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'0 99 * * * *'", failure.Message, StringComparison.Ordinal);
    }

    private void WriteSettings(string text) => File.WriteAllText(Path.Combine(_folder.Path, "local.settings.json"), text);
}
