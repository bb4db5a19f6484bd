using System.Globalization;
using System.Xml.Linq;
using CityBrain.City;
using NetTopologySuite.Geometries;

namespace CityBrain.Emergency;

/// <summary>Writes the city's alerts as CAP 1.2 messages (OASIS Common Alerting Protocol, 2010). Pure.</summary>
public static class CapWriter
{
    /// <summary>Namespace of CAP 1.2.</summary>
    public static readonly XNamespace Cap = "urn:oasis:names:tc:emergency:cap:1.2";

    /// <summary>The name under which the city sends.</summary>
    public static string SenderOf(CityModel city) => $"citybrain@{city.Id}";

    /// <summary>The latest alert of an emergency as a message; null when none was given out.</summary>
    public static XDocument? Latest(EmergencyRecord emergency, EmergencyPlan plan, CityModel city)
    {
        if (emergency.Issued is not [.., var latest])
        {
            return null;
        }

        var earlier = emergency.Issued.SkipLast(1);
        var references = string.Join(' ', earlier.Select(alert => $"{SenderOf(city)},{alert.Identifier},{Time(alert.Sent, city)}"));
        return new XDocument(new XElement(
            Cap + "alert",
            new XElement(Cap + "identifier", latest.Identifier),
            new XElement(Cap + "sender", SenderOf(city)),
            new XElement(Cap + "sent", Time(latest.Sent, city)),
            new XElement(Cap + "status", "Actual"),
            new XElement(Cap + "msgType", latest.Kind),
            new XElement(Cap + "scope", "Public"),
            references.Length == 0 ? null : new XElement(Cap + "references", references),
            Info("zh-CN", latest, emergency, plan, city),
            Info("en-US", latest, emergency, plan, city)));
    }

    /// <summary>Urgency, severity and certainty of a level.</summary>
    public static (string Urgency, string Severity, string Certainty) Grade(EmergencyLevel level) => level switch
    {
        EmergencyLevel.Red => ("Immediate", "Extreme", "Observed"),
        EmergencyLevel.Orange => ("Immediate", "Severe", "Likely"),
        EmergencyLevel.Yellow => ("Expected", "Moderate", "Likely"),
        _ => ("Future", "Minor", "Possible"),
    };

    private static XElement Info(string language, IssuedAlert alert, EmergencyRecord emergency, EmergencyPlan plan, CityModel city)
    {
        var (urgency, severity, certainty) = alert.Kind == "Cancel" ? ("Past", Grade(alert.Level).Severity, Grade(alert.Level).Certainty) : Grade(alert.Level);
        var area = city.Areas.Find(emergency.AreaId);
        return new XElement(
            Cap + "info",
            new XElement(Cap + "language", language),
            new XElement(Cap + "category", plan.CapCategory),
            new XElement(Cap + "event", plan.Name.In(language)),
            new XElement(Cap + "responseType", alert.Kind == "Cancel" ? "AllClear" : "Execute"),
            new XElement(Cap + "urgency", urgency),
            new XElement(Cap + "severity", severity),
            new XElement(Cap + "certainty", certainty),
            new XElement(Cap + "effective", Time(alert.Sent, city)),
            new XElement(Cap + "expires", Time(alert.Expires, city)),
            new XElement(Cap + "senderName", city.Name.In(language)),
            new XElement(Cap + "headline", Headline(language, alert, plan)),
            area is null ? null : new XElement(
                Cap + "area",
                new XElement(Cap + "areaDesc", area.Name.In(language)),
                Polygons(city.Areas.Polygon(area.Id)).Select(polygon => new XElement(Cap + "polygon", polygon)),
                new XElement(Cap + "geocode", new XElement(Cap + "valueName", "citybrain:area"), new XElement(Cap + "value", area.Id))));
    }

    private static string Headline(string language, IssuedAlert alert, EmergencyPlan plan)
    {
        var isChinese = language.StartsWith("zh", StringComparison.Ordinal);
        var level = (alert.Level, isChinese) switch
        {
            (EmergencyLevel.Red, true) => "Ⅰ级红色",
            (EmergencyLevel.Orange, true) => "Ⅱ级橙色",
            (EmergencyLevel.Yellow, true) => "Ⅲ级黄色",
            (_, true) => "Ⅳ级蓝色",
            (EmergencyLevel.Red, _) => "level I (red)",
            (EmergencyLevel.Orange, _) => "level II (orange)",
            (EmergencyLevel.Yellow, _) => "level III (yellow)",
            _ => "level IV (blue)",
        };
        return (alert.Kind, isChinese) switch
        {
            ("Cancel", true) => $"{plan.Name.Zh}应急响应终止",
            ("Update", true) => $"{plan.Name.Zh}应急响应调整为{level}",
            (_, true) => $"启动{plan.Name.Zh}{level}应急响应",
            ("Cancel", _) => $"{plan.Name.En}: the response has ended",
            ("Update", _) => $"{plan.Name.En}: the response is now {level}",
            _ => $"{plan.Name.En}: response at {level}",
        };
    }

    // CAP wants latitude first, each ring closed, and knows no holes.
    private static IEnumerable<string> Polygons(Geometry geometry) =>
        Enumerable.Range(0, geometry.NumGeometries).Select(i => (Polygon)geometry.GetGeometryN(i)).Select(polygon =>
            string.Join(' ', polygon.Shell.Coordinates.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.Y:0.######},{point.X:0.######}"))));

    /// <summary>CAP writes UTC as -00:00.</summary>
    private static string Time(DateTimeOffset time, CityModel city)
    {
        var local = TimeZoneInfo.ConvertTime(time, city.TimeZone).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
        return local.EndsWith("+00:00", StringComparison.Ordinal) ? local[..^6] + "-00:00" : local;
    }
}
