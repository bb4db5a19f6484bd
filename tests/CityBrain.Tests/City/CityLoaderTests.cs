using CityBrain.City;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CityBrain.Tests.City;

public sealed class CityLoaderTests
{
    [Theory]
    [InlineData("city.json", "Asia/Shanghai", "Asia/Nowhere", "timeZone", "IANA")]
    [InlineData("city.json", "\"demo-city\"", "\"town\"", "id", "write 'demo-city'")]
    [InlineData("city.json", "\"timeZone\"", "\"zone\"", "line 5", "zone")]
    [InlineData("city.json", "\"示范市\" }", "\"\" }", "name", "'en' and in 'zh'")]
    [InlineData("areas.geojson", "\"parentId\":\"bronx-01\"", "\"parentId\":\"bronx\"", "area '10454'", "write the id of a street")]
    [InlineData("areas.geojson", "[[[-", "[[[-9", "area '", "write")]
    [InlineData("areas.geojson", "\"id\":\"bronx-03\",", "\"id\":\"bronx-01\",", "area 'bronx-01'", "taken already")]
    [InlineData("areas.geojson", "\"level\":\"city\"", "\"level\":\"town\"", "line 2", "$.features[0].properties.level")]
    [InlineData("departments.json", "\"parentId\": \"dot\"", "\"parentId\": \"dott\"", "department 'tlc'", "'dott'")]
    [InlineData("departments.json", "{area} Committee", "Committee", "department 'community-committee'", "{area}")]
    [InlineData("departments.json", "\"id\": \"hra\"", "\"id\": \"hra\", \"parentId\": \"dhs\"", "department 'hra'", "lead back")]
    [InlineData("departments.json", "\"kind\": \"property\"", "\"kind\": \"company\"", "line", "kind")]
    [InlineData("catalogue.json", "\"lead\": \"tlc\"", "\"lead\": \"harbour-homes\"", "item 'taxi'", "only comes when a whistle calls it")]
    [InlineData("routing.json", "\"to\": \"doe\"", "\"to\": \"red-armband\"", "rule 'school-bus'", "only comes when a whistle calls it")]
    [InlineData("routing.json", "\"owner\": \"edc\"", "\"owner\": \"harbour-homes\"", "asset 'verrazzano-bridge'", "only comes when a whistle calls it")]
    [InlineData("catalogue.json", "\"lead\": \"tlc\"", "\"lead\": \"tlcc\"", "item 'taxi'", "'tlcc'")]
    [InlineData("catalogue.json", "\"code\": \"other\"", "\"code\": \"rest\"", "items", "'other'")]
    [InlineData("catalogue.json", "\"code\": \"taxi\"", "\"code\": \"tax\"", "item 'tax'", "taken already")]
    [InlineData("catalogue.json", "\"sign\": \"30 minutes\"", "\"sign\": \"soon\"", "line", "'soon' is not a time limit")]
    [InlineData("catalogue.json", "\"urgency\": \"lifeSafety\", \"limits\": \"life-safety\"", "\"urgency\": \"lifeSafety\", \"limits\": \"quick\"", "item 'building-danger'", "round the clock")]
    [InlineData("catalogue.json", "\"graffiti\", \"tagging\"", "\"graffiti\", \"***\"", "item 'graffiti'", "***")]
    [InlineData("catalogue.json", "\"radiusMetres\": 150", "\"radiusMetres\": 501", "item 'street-flooding'", "1 to 500 metres")]
    [InlineData("catalogue.json", "\"windowDays\": 2,", "\"windowDays\": 0,", "item 'street-flooding'", "1 to 366 days")]
    [InlineData("calendar.json", "13:30-18:00", "11:30-18:00", "hours", "in order")]
    [InlineData("calendar.json", "\"2025-09-28\"", "\"2025-09-29\"", "year 2025, workday 2025-09-29", "Monday")]
    [InlineData("calendar.json", "\"to\": \"2025-10-08\"", "\"to\": \"2025-09-08\"", "year 2025, holiday 'National Day", "first and its last day")]
    [InlineData("calendar.json", "\"2026-10-10\"", "\"2026-13-10\"", "line", "$.years[2].workdays[5]")]
    [InlineData("dispatch.json", "\"pauseCapDays\": 90", "\"pauseCapDays\": 0", "pauseCapDays", "1 to 366")]
    [InlineData("dispatch.json", "\"unapprovedPauseDays\": 5", "\"unapprovedPauseDays\": 91", "unapprovedPauseDays", "0 to pauseCapDays")]
    [InlineData("dispatch.json", "\"returnWindow\": \"2 working days\"", "\"returnWindow\": \"0 days\"", "returnWindow", "zero")]
    [InlineData("dispatch.json", "\"not-our-area\"", "\"not-our-duty\"", "returnReasons, 'not-our-duty'", "taken already")]
    [InlineData("dispatch.json", "\"reopenCap\"", "\"reopens\"", "line", "reopens")]
    [InlineData("dispatch.json", "\"openTasks\": 15", "\"openTasks\": 0", "burden.openTasks", "1 to 1000")]
    [InlineData("dispatch.json", "\"formsPerMonth\": 3", "\"formsPerMonth\": 101", "burden.formsPerMonth", "0 to 100")]
    [InlineData("known-fields.json", "\"location\", \"place\"", "\"location\", \"---\"", "field 'case.address'", "neither letter nor digit")]
    [InlineData("known-fields.json", "\"location\", \"place\"", "\"location\", \"STATUS\"", "field 'case.status'", "'case.address' already")]
    [InlineData("known-fields.json", "\"device.place\"", "\"device.list\"", "field 'device.list'", "taken already")]
    [InlineData("things.json", "\"category\": \"food-safety\"", "\"category\": \"food\"", "thing 'open-restaurant', item 'food'", "'food'")]
    [InlineData("things.json", "\"fire\"] }", "\"smoke\"] }", "thing 'open-restaurant'", "'smoke'")]
    [InlineData("things.json", "\"key\": \"fire\"", "\"key\": \"licence\"", "thing 'open-restaurant'", "give each its own")]
    [InlineData("things.json", "\"fire\"] }", "\"food\"] }", "thing 'open-restaurant'", "wait for each other")]
    [InlineData("routing.json", "\"owner\": \"edc\"", "\"owner\": \"ecd\"", "asset 'verrazzano-bridge'", "'ecd'")]
    [InlineData("routing.json", "\"radiusMetres\": 700", "\"radiusMetres\": 0", "asset 'verrazzano-bridge'", "no radius")]
    [InlineData("routing.json", "\"to\": \"doe\"", "\"to\": \"deo\"", "rule 'school-bus'", "'deo'")]
    [InlineData("routing.json", ", \"to\": \"doe\"", "", "rule 'school-bus'", "under 'to'")]
    [InlineData("routing.json", "\"groups\": [ \"transport\" ]", "\"groups\": [ \"transit\" ]", "rule 'school-bus'", "'transit'")]
    [InlineData("routing.json", "\"hours\": \"off\"", "\"hours\": \"night\"", "line", "hours")]
    [InlineData("routing.json", "\"id\": \"school-bus\"", "\"id\": \"bridge-owner\"", "rule 'bridge-owner'", "taken already")]
    [InlineData("routing.json", "{ \"id\": \"bridge-owner\"", "{ \"id\": \"x\", \"when\": { \"areas\": [ \"queens\" ] }, \"to\": \"doe\" }, { \"id\": \"bridge-owner\"", "rule 'bridge-owner'", "the owner of an asset beats the area")]
    [InlineData("devices.json", "\"threshold\": 1.5,", "\"threshold\": 1.4,", "device 'river-gauge-bronx', rule 'river-high'", "bad side")]
    [InlineData("devices.json", "\"catalogueCode\": \"rain-heavy\"", "\"catalogueCode\": \"rain\"", "device 'rain-gauge-manhattan'", "'rain'")]
    [InlineData("devices.json", "\"latitude\": 40.8335", "\"latitude\": 408335", "device 'river-gauge-bronx'", "no place on Earth")]
    [InlineData("devices.json", "]", "", "line", "")]
    public void Load_BrokenFile_SaysWhereAndWhatToWrite(string file, string text, string replacement, string place, string advice)
    {
        using var folder = CopyOfDemoCity();
        var path = Path.Combine(folder.Path, file);
        var whole = File.ReadAllText(path);
        var at = whole.IndexOf(text, StringComparison.Ordinal);
        Assert.True(at >= 0, $"'{text}' is not in {file}");
        File.WriteAllText(path, whole[..at] + replacement + whole[(at + text.Length)..]);

        var exception = Assert.Throws<CityFileException>(() => CityLoader.Load(folder.Path));
        Assert.StartsWith($"{file}, {place}", exception.Message, StringComparison.Ordinal);
        Assert.Contains(advice, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_MissingFile_NamesItAndTheFolder()
    {
        using var folder = CopyOfDemoCity();
        File.Delete(Path.Combine(folder.Path, "calendar.json"));
        var exception = Assert.Throws<CityFileException>(() => CityLoader.Load(folder.Path));
        Assert.Contains("calendar.json", exception.Message, StringComparison.Ordinal);
        Assert.Contains(folder.Path, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddCity_BrokenFolder_StopsTheStart()
    {
        using var host = HostOf("/no/such/folder");
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains("city.json", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddCity_DemoCity_IsLoadedOnce()
    {
        using var host = HostOf("city");
        await host.StartAsync(TestContext.Current.CancellationToken);
        var city = host.Services.GetRequiredService<CityModel>();
        Assert.Equal("demo-city", city.Id);
        Assert.Same(city, host.Services.GetRequiredService<CityModel>());
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    private static IHost HostOf(string folder)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection([new("City:Folder", folder)]);
        builder.Services.AddCity();
        return builder.Build();
    }

    private static TempFolder CopyOfDemoCity()
    {
        var folder = new TempFolder();
        foreach (var file in Directory.GetFiles(DemoCity.Folder))
        {
            File.Copy(file, Path.Combine(folder.Path, Path.GetFileName(file)));
        }

        return folder;
    }
}
