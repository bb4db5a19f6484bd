namespace CityBrain.Tests.Emergency;

/// <summary>CAP messages of our own making, as a weather office might send them.</summary>
internal static class CapSamples
{
    public static string Message(
        string kind = "Alert",
        string identifier = "w-1",
        string severity = "Severe",
        string references = "",
        string expires = "2099-01-01T00:00:00+08:00",
        string place = "<geocode><valueName>area</valueName><value>d-west</value></geocode>",
        string @event = "暴雨 heavy flood",
        string status = "Actual") => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
          <identifier>{identifier}</identifier><sender>weather@example.org</sender><sent>2024-09-18T09:00:00+08:00</sent>
          <status>{status}</status><msgType>{kind}</msgType><scope>Public</scope>
          {(references.Length == 0 ? "" : $"<references>{references}</references>")}
          <info><language>zh-CN</language><category>Met</category><event>{@event}</event><urgency>Immediate</urgency><severity>{severity}</severity><certainty>Likely</certainty>
            <expires>{expires}</expires><headline>Rain &amp; wind</headline><area><areaDesc>West</areaDesc>{place}</area></info>
        </alert>
        """;

    public static string ReferenceTo(string identifier) => $"weather@example.org,{identifier},2024-09-18T09:00:00+08:00";
}
