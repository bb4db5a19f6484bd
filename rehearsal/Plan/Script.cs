using CityBrain.Rehearsal.Sample;

namespace CityBrain.Rehearsal.Plan;

/// <summary>Everything that comes to the city from outside during a play.</summary>
/// <param name="Start">When it begins.</param>
/// <param name="DenseEnd">When the four weeks are over.</param>
/// <param name="Appeals">Appeals, in the order in which they are sent.</param>
/// <param name="Readings">Readings of devices, in order of time.</param>
/// <param name="WrongAppeals">Appeals that must be refused.</param>
/// <param name="WrongEvents">Events that must be refused or end as dead letters.</param>
internal sealed record Script(
    DateTimeOffset Start,
    DateTimeOffset DenseEnd,
    IReadOnlyList<PlannedAppeal> Appeals,
    IReadOnlyList<DeviceReading> Readings,
    IReadOnlyList<Mishap> WrongAppeals,
    IReadOnlyList<Mishap> WrongEvents)
{
    /// <summary>Reads the data and plans the play.</summary>
    /// <param name="folder">Folder of the data of the rehearsal.</param>
    /// <param name="zone">The city's zone.</param>
    /// <param name="seed">Same seed, same play.</param>
    /// <param name="limit">Only the first rows of the sample; null: all.</param>
    public static Script Write(string folder, TimeZoneInfo zone, int seed, int? limit)
    {
        var start = Folding.Start(zone);
        var end = start.AddDays(7 * Folding.Weeks);
        var appeals = Planner.Plan(ServiceRequestFile.Read(Path.Combine(folder, "nyc-311.csv")).Take(limit ?? int.MaxValue), zone, seed);
        var readings = RiverSeries.Read(Path.Combine(folder, "river")).Where(reading => reading.Time >= start).ToList();
        return new Script(start, end, appeals, readings, Mishaps.Appeals(seed, start, end), Mishaps.Events(seed, start.AddHours(1), end));
    }
}
