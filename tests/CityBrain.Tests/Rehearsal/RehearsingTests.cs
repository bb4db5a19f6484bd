using CityBrain.City;
using CityBrain.Rehearsal;
using CityBrain.Rehearsal.Plan;
using CityBrain.Rehearsal.Sample;
using CityBrain.Rehearsal.Show;
using CityBrain.Rehearsal.Stage;

namespace CityBrain.Tests.Rehearsal;

public sealed class RehearsingTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task RunAsync_FortyRowsAndOneFlood_AccountsForEveryAppealAndEveryMishap()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        stop.CancelAfter(Patience);
        var city = CityLoader.Load(Path.Combine(AppContext.BaseDirectory, "city"));
        var script = Script.Write(Path.Combine(AppContext.BaseDirectory, "data"), city.TimeZone, seed: 311, limit: 40);
        script = script with { Readings = [.. script.Readings.Where(reading => reading.Time >= script.DenseEnd.AddHours(-36))] };
        var folder = Directory.CreateTempSubdirectory("citybrain-rehearsal-");
        try
        {
            await using var app = await RehearsedApp.StartAsync(Path.Combine(folder.FullName, "city.db"), Folding.Start(city.TimeZone), 0, 0, stop.Token);
            using var rehearsing = new Rehearsing(script, city, app);
            await rehearsing.RunAsync(denseSeconds: 8, stop.Token);
            var ending = await EndingReader.ReadAsync(script, rehearsing.Roster, rehearsing.Api, rehearsing.Score, app.ServiceBusConnection, app.Clock.GetUtcNow(), stop.Token);

            Assert.Empty(ending.Faults);
            Assert.True(ending.CountersAgree, string.Join('\n', Summary.LinesOf(ending)));
            Assert.Equal("", rehearsing.Score.Surprises.ToString());
            Assert.Equal(40, ending.Overview.Figures.Appeals);
            Assert.Equal(3, ending.UnaskedCases.Count);
            Assert.Equal(script.WrongAppeals.Count, rehearsing.Score.Refusals.Total);
            Assert.Equal(script.WrongEvents.Count(mishap => mishap.Outcome is not null), ending.DeadLetters.Total);
            Assert.Equal("40 of 40 appeals of the sample accounted for", Summary.LinesOf(ending).Last());
            Assert.Equal(0, app.Log.Errors);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
