using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace CityBrain.Embedded.Tables.Rest;

/// <summary>
/// Requests with <c>comp</c>: the properties and statistics of the service and the access policies of a table. They can be read, since
/// tools ask for them, and tell that nothing is switched on; they cannot be changed.
/// </summary>
internal sealed class ServiceRequests(TableService service)
{
    private const string Metrics = "<Version>1.0</Version><Enabled>false</Enabled><RetentionPolicy><Enabled>false</Enabled></RetentionPolicy>";
    private const string Properties =
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><StorageServiceProperties><Logging><Version>1.0</Version><Read>false</Read><Write>false</Write><Delete>false</Delete>"
        + "<RetentionPolicy><Enabled>false</Enabled></RetentionPolicy></Logging>"
        + $"<HourMetrics>{Metrics}</HourMetrics><MinuteMetrics>{Metrics}</MinuteMetrics><Cors /></StorageServiceProperties>";

    public Task AnswerAsync(Exchange exchange) => (exchange.Method, exchange.Target.Kind, exchange.Options.ResourceType, exchange.Options.Component) switch
    {
        ("GET", TargetKind.Service, "service", "properties") => XmlAsync(exchange, Properties),
        ("GET", TargetKind.Service, "service", "stats") => XmlAsync(exchange, Statistics()),
        ("GET", TargetKind.Entities, _, "acl") => service.FindTable(exchange.Target.Table) is null
            ? exchange.RefuseAsync(TableError.TableNotFound)
            : XmlAsync(exchange, "<?xml version=\"1.0\" encoding=\"utf-8\"?><SignedIdentifiers />"),
        (_, _, _, "properties") => exchange.RefuseAsync(TableError.NotImplemented("The properties of this service cannot be changed.")),
        (_, _, _, "acl") => exchange.RefuseAsync(TableError.NotImplemented("This service has no access policies; whoever has the account's key may do everything.")),
        var (_, _, _, other) => exchange.RefuseAsync(TableError.NotImplemented($"'comp={other}' is not known here.")),
    };

    private static Task XmlAsync(Exchange exchange, string xml) => exchange.SendAsync(StatusCodes.Status200OK, Exchange.XmlType, body => body.Append(xml));

    private static string Statistics() =>
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><StorageServiceStats><GeoReplication><Status>live</Status><LastSyncTime>"
        + TimeProvider.System.GetUtcNow().ToString("r", CultureInfo.InvariantCulture) + "</LastSyncTime></GeoReplication></StorageServiceStats>";
}
