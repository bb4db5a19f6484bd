using CityBrain.City;
using CityBrain.Emergency;
using CityBrain.Tests.City;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CityBrain.Tests.Emergency;

public sealed class EmergencyPlansTests
{
    [Fact]
    public async Task Start_BrokenPlans_IsStoppedWithWhatToWrite()
    {
        using var folder = new TempFolder();
        foreach (var file in Directory.GetFiles(DemoCity.Folder))
        {
            File.Copy(file, Path.Combine(folder.Path, Path.GetFileName(file)));
        }

        var plans = Path.Combine(folder.Path, "emergency-plans.json");
        File.WriteAllText(plans, File.ReadAllText(plans).Replace("\"acknowledgeMinutes\": ", "\"acknowledgeMinutes\": -", StringComparison.Ordinal));
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection([new("City:Folder", folder.Path)]);
        builder.Services.AddCity().AddEmergency();
        using var host = builder.Build();
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains("emergency-plans.json", failure.Message, StringComparison.Ordinal);
        Assert.Contains("more than 0", failure.Message, StringComparison.Ordinal);
    }
}
