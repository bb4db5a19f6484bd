using CityBrain.City;

namespace CityBrain.Resources;

/// <summary>Names a place so that a person finds it: the number of a grid alone says little, so its street goes first.</summary>
public static class PlaceName
{
    /// <summary>The name of an area, after that of its street when it lies below one; null when there is no such area.</summary>
    public static LocalizedName? Of(string? areaId, AreaMap areas)
    {
        if (areas.Find(areaId ?? "") is not { } area)
        {
            return null;
        }

        if (area.Level <= AreaLevel.Street)
        {
            return area.Name;
        }

        var street = areas.AtLevel(area.Id, AreaLevel.Street).Name;
        return new LocalizedName($"{street.En} · {area.Name.En}", $"{street.Zh} · {area.Name.Zh}");
    }
}
