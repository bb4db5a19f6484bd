namespace CityBrain.EarlyWarning.Bursts;

/// <summary>An area and its middle, in degrees.</summary>
public sealed record BurstArea(string Id, double Lat, double Lon);

/// <summary>
/// The areas of a city and the zones in which bursts are looked for: circles around each area, and around the middle between two neighbours, that
/// take in whole rings of equally distant areas. Built once, shared by all watches, never changed. The order in which areas are given is of no matter.
/// </summary>
public sealed class BurstGround
{
    /// <summary>Most areas in a zone.</summary>
    public const int WidestZone = 13;

    private const int Neighbours = 8;
    private static readonly int[] Sizes = [1, 2, 3, 4, 6, 9, WidestZone];

    private readonly Dictionary<string, int> _indexes;
    private readonly int[][] _zones;
    private readonly int[][] _zonesOf;

    /// <summary>Finds the zones of a city.</summary>
    /// <exception cref="ArgumentException">Two areas have one id.</exception>
    public BurstGround(IEnumerable<BurstArea> areas)
    {
        Areas = [.. areas.OrderBy(area => area.Id, StringComparer.Ordinal)];
        _indexes = Areas.Select((area, index) => (area.Id, index)).ToDictionary(area => area.Id, area => area.index);
        _zones = [.. ZonesAmong(Areas)];
        var zonesOf = Areas.Select(_ => new List<int>()).ToArray();
        for (var zone = 0; zone < _zones.Length; zone++)
        {
            foreach (var area in _zones[zone])
            {
                zonesOf[area].Add(zone);
            }
        }

        _zonesOf = [.. zonesOf.Select(zones => zones.ToArray())];
    }

    /// <summary>The areas, in the order of their ids; this order gives their indexes.</summary>
    public IReadOnlyList<BurstArea> Areas { get; }

    /// <summary>How many zones there are; the first ones are the single areas, in order.</summary>
    public int ZoneCount => _zones.Length;

    /// <summary>The index of an area; −1, an unknown place, when there is none of that id.</summary>
    public int IndexOf(string id) => _indexes.GetValueOrDefault(id, -1);

    /// <summary>Indexes of the areas of a zone, ascending.</summary>
    public ReadOnlySpan<int> AreasOf(int zone) => _zones[zone];

    /// <summary>The zones that hold an area.</summary>
    public ReadOnlySpan<int> ZonesOf(int area) => _zonesOf[area];

    private static IEnumerable<int[]> ZonesAmong(IReadOnlyList<BurstArea> areas)
    {
        var places = Plane(areas);
        var seen = new HashSet<string>();
        var singles = places.Select((_, index) => new[] { index });
        return singles.Concat(Centres(places).SelectMany(centre => Rings(centre, places))).Where(zone => seen.Add(string.Join(',', zone)));
    }

    /// <summary>The areas, and the middles between each and its neighbours.</summary>
    private static IEnumerable<(double X, double Y)> Centres((double X, double Y)[] places)
    {
        foreach (var place in places)
        {
            yield return place;
        }

        for (var index = 0; index < places.Length; index++)
        {
            var place = places[index];
            foreach (var other in Nearest(place, places, Neighbours + 1).Where(other => other.Area > index))
            {
                yield return ((place.X + places[other.Area].X) / 2, (place.Y + places[other.Area].Y) / 2);
            }
        }
    }

    private static IEnumerable<int[]> Rings((double X, double Y) centre, (double X, double Y)[] places)
    {
        var nearest = Nearest(centre, places, WidestZone + 1);
        foreach (var size in Sizes)
        {
            var taken = Math.Min(size, nearest.Count);
            while (taken > 0 && taken < nearest.Count && nearest[taken].Distance <= (nearest[taken - 1].Distance * 1.0001) + 1e-12)
            {
                taken++;
            }

            if (taken is > 0 and <= WidestZone)
            {
                yield return [.. nearest.Take(taken).Select(near => near.Area).Order()];
            }
        }
    }

    private static List<(int Area, double Distance)> Nearest((double X, double Y) centre, (double X, double Y)[] places, int count) =>
        [.. places.Select((place, index) => (Area: index, Distance: Square(place.X - centre.X) + Square(place.Y - centre.Y)))
            .OrderBy(near => near.Distance).ThenBy(near => near.Area).Take(count)];

    /// <summary>Degrees of latitude and as many of longitude as are equally long there.</summary>
    private static (double X, double Y)[] Plane(IReadOnlyList<BurstArea> areas)
    {
        var width = areas.Count == 0 ? 1 : Math.Cos(areas.Average(area => area.Lat) * Math.PI / 180);
        return [.. areas.Select(area => (area.Lon * width, area.Lat))];
    }

    private static double Square(double x) => x * x;
}
