using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace CityBrain.Emergency;

/// <summary>Reads CAP 1.2 messages of strangers: no DTD, no external entity, limited size and depth; what is wrong is said in a sentence. Pure.</summary>
public static partial class CapReader
{
    /// <summary>Longest message, in bytes.</summary>
    public const int Limit = 256 * 1024;

    private const int DeepestElement = 12;
    private const int LongestName = 256;
    private const int MostPoints = 5000;

    private static readonly string[] Kinds = ["Alert", "Update", "Cancel"];

    /// <summary>The message, or what is wrong with it.</summary>
    public static (CapMessage? Message, string? Fault) Read(Stream xml)
    {
        try
        {
            return (MessageOf(Load(xml)), null);
        }
        catch (XmlException fault)
        {
            return (null, $"The body is not the XML that is expected here (line {fault.LineNumber}). Send a CAP 1.2 message in UTF-8, without a DTD and at most {Limit / 1024} KiB long.");
        }
        catch (FormatException fault)
        {
            return (null, fault.Message);
        }
    }

    private static XElement Load(Stream xml)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = Limit, IgnoreComments = true, IgnoreProcessingInstructions = true };
        using var reader = XmlReader.Create(xml, settings);
        var stack = new Stack<XElement>();
        XElement? root = null;
        while (reader.Read())
        {
            if (reader.NodeType is XmlNodeType.Element)
            {
                Require(reader.Depth <= DeepestElement, "The message is nested deeper than CAP is.");
                var element = new XElement(XName.Get(reader.LocalName, reader.NamespaceURI));
                (root, _) = (root ?? element, 0);
                if (stack.TryPeek(out var parent))
                {
                    parent.Add(element);
                }

                if (!reader.IsEmptyElement)
                {
                    stack.Push(element);
                }
            }
            else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
            {
                stack.Peek().Add(reader.Value);
            }
            else if (reader.NodeType is XmlNodeType.EndElement)
            {
                stack.Pop();
            }
        }

        return root!;
    }

    private static CapMessage MessageOf(XElement alert)
    {
        Require(alert.Name == CapWriter.Cap + "alert", $"The root must be alert in the namespace {CapWriter.Cap.NamespaceName}.");
        var kind = Text(alert, "msgType");
        Require(Kinds.Contains(kind), "msgType must be Alert, Update or Cancel.");
        Require(Text(alert, "status") == "Actual", "status must be Actual: exercises and tests open no emergency.");
        Require(Text(alert, "scope") is "Public" or "Restricted" or "Private", "scope must be Public, Restricted or Private.");
        var info = alert.Element(CapWriter.Cap + "info");
        Require(info is not null || kind == "Cancel", "The message has no info block.");
        var area = info?.Elements(CapWriter.Cap + "area").ToList() ?? [];
        return new CapMessage(
            kind,
            Name(alert, "sender"),
            Name(alert, "identifier"),
            Time(Text(alert, "sent"), "sent"),
            info?.Element(CapWriter.Cap + "expires") is { } expires ? Time(expires.Value.Trim(), "expires") : null,
            ReferencesOf(alert.Element(CapWriter.Cap + "references")?.Value ?? ""),
            info is null ? "" : Text(info, "category"),
            info is null ? "" : Text(info, "event"),
            info is null ? EmergencyLevel.Blue : LevelOf(Text(info, "severity")),
            info?.Element(CapWriter.Cap + "headline")?.Value.Trim() is { } headline ? headline[..Math.Min(headline.Length, 200)] : "",
            [.. area.Elements(CapWriter.Cap + "geocode").Select(code => code.Element(CapWriter.Cap + "value")?.Value.Trim() ?? "")],
            [.. area.Elements(CapWriter.Cap + "polygon").Select(polygon => PolygonOf(polygon.Value))]);
    }

    private static EmergencyLevel LevelOf(string severity) => severity switch
    {
        "Extreme" => EmergencyLevel.Red,
        "Severe" => EmergencyLevel.Orange,
        "Moderate" => EmergencyLevel.Yellow,
        "Minor" or "Unknown" => EmergencyLevel.Blue,
        _ => throw new FormatException("severity must be Extreme, Severe, Moderate, Minor or Unknown."),
    };

    private static List<CapReference> ReferencesOf(string references) =>
    [
        .. references.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(reference => reference.Split(',') is [var sender, var identifier, var sent]
            ? new CapReference(sender, identifier, Time(sent, "references"))
            : throw new FormatException("references must be sender,identifier,sent for each earlier message, with spaces between them.")),
    ];

    private static List<(double Latitude, double Longitude)> PolygonOf(string text)
    {
        var pairs = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        Require(pairs.Length is >= 4 and <= MostPoints, $"A polygon has 4 to {MostPoints} points, the last one like the first.");
        List<(double Latitude, double Longitude)> ring = [.. pairs.Select(PointOf)];
        Require(ring[0] == ring[^1], "The last point of a polygon must be like the first.");
        return ring;
    }

    private static (double Latitude, double Longitude) PointOf(string pair) =>
        pair.Split(',') is [var lat, var lon]
        && double.TryParse(lat, NumberStyles.Float, CultureInfo.InvariantCulture, out var latitude) && Math.Abs(latitude) <= 90
        && double.TryParse(lon, NumberStyles.Float, CultureInfo.InvariantCulture, out var longitude) && Math.Abs(longitude) <= 180
            ? (latitude, longitude)
            : throw new FormatException("A point of a polygon must be latitude,longitude in WGS84 degrees.");

    private static string Name(XElement parent, string name)
    {
        var text = Text(parent, name);
        Require(text.Length <= LongestName && text.IndexOfAny([' ', ',', '<', '&']) < 0, $"{name} has 1 to {LongestName} characters, without spaces, commas, < and &.");
        return text;
    }

    private static string Text(XElement parent, string name) =>
        parent.Element(CapWriter.Cap + name)?.Value.Trim() is { Length: > 0 } text ? text : throw new FormatException($"{parent.Name.LocalName} must have {name}.");

    private static DateTimeOffset Time(string text, string name) =>
        TimeForm().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : throw new FormatException($"{name} must be a time with offset, such as 2024-09-18T10:00:00+08:00.");

    private static void Require(bool condition, string fault)
    {
        if (!condition)
        {
            throw new FormatException(fault);
        }
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex TimeForm();
}
