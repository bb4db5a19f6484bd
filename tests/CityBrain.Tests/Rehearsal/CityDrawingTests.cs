using CityBrain.Rehearsal.Cartography;
using CityBrain.Tests.City;

namespace CityBrain.Tests.Rehearsal;

public sealed class CityDrawingTests
{
    [Fact]
    public void Draw_Sample_GivesTheShippedAreas()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "areas.geojson");
        GeoJsonWriter.Write(CityDrawing.Draw(SampleRow.Read(DemoCity.Data("nyc-311.csv"))), path);
        Assert.Equal(File.ReadAllText(Path.Combine(DemoCity.Folder, "areas.geojson")), File.ReadAllText(path));
    }
}
