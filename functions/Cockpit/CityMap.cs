using System.Globalization;
using System.Text;
using CityBrain.City;
using CityBrain.Resources;

namespace CityBrain.Cockpit;

/// <summary>The city's map as markup for the cockpit: a shape for each street-level area, an outline and a label for each district. Drawn once.</summary>
public sealed class CityMap(CityModel city)
{
    private const int Width = 1000;

    /// <summary>Pixels around the map, so that outlines are not cut.</summary>
    private const int Margin = 4;

    private readonly Lazy<SvgMap> _drawing = new(() => city.Areas.Draw(AreaLevel.Street, Width));

    /// <summary>The map with names in a language. A street's shape has its id in <c>data-street</c>, a district's count in <c>data-count</c>.</summary>
    public string Svg(Texts texts)
    {
        var drawing = _drawing.Value;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"-{Margin} -{Margin} {drawing.Width + (2 * Margin)} {drawing.Height + (2 * Margin)}\" role=\"img\" aria-label=\"{PageTemplate.Escape(texts["CockpitMap"])}\">");
        foreach (var street in At(AreaLevel.Street))
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"street\" fill-rule=\"evenodd\" data-street=\"{street.Id}\" d=\"{street.Path}\"><title>{NameOf(street, texts)}</title></path>");
        }

        foreach (var district in At(AreaLevel.District))
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"district\" d=\"{district.Path}\"/>");
        }

        foreach (var district in At(AreaLevel.District))
        {
            svg.Append(CultureInfo.InvariantCulture, $"<g class=\"label\" transform=\"translate({district.LabelX} {district.LabelY})\"><text>{NameOf(district, texts)}</text><text class=\"count\" dy=\"1.15em\" data-count=\"{district.Id}\"></text></g>");
        }

        return svg.Append("</svg>").ToString();

        IEnumerable<SvgArea> At(AreaLevel level) => drawing.Areas.Where(area => area.Level == level);
    }

    private string NameOf(SvgArea area, Texts texts) => PageTemplate.Escape(texts.In(city.Areas.Find(area.Id)!.Name));
}
