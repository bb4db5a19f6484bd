using CityBrain.Embedded.Tables.Entities;
using CityBrain.Embedded.Tables.Sqlite;
using Microsoft.AspNetCore.Http;

namespace CityBrain.Embedded.Tables.Rest;

/// <summary>Requests on the entities of a table.</summary>
internal sealed class EntityRequests(TableService service)
{
    /// <summary><c>/table</c>: a query or an insert.</summary>
    public Task AllAsync(Exchange exchange) => exchange.Method switch
    {
        "GET" => QueryAsync(exchange),
        "POST" => WriteAsync(exchange),
        var other => exchange.RefuseAsync(TableError.VerbNotSupported(other)),
    };

    /// <summary><c>/table(PartitionKey='…',RowKey='…')</c></summary>
    public Task OneAsync(Exchange exchange) => HttpMethods.IsGet(exchange.Method) ? GetAsync(exchange) : WriteAsync(exchange);

    private Task GetAsync(Exchange exchange) =>
        service.Get(exchange.Target.Table, exchange.Target.PartitionKey, exchange.Target.RowKey).TryGet(out var entity, out var error)
            ? exchange.EntityAsync(StatusCodes.Status200OK, entity)
            : exchange.RefuseAsync(error);

    private Task QueryAsync(Exchange exchange)
    {
        RowPosition? start = null;
        if (exchange.Options.NextPartitionKey is { Length: > 0 } partition && !RowPosition.TryParse(partition, exchange.Options.NextRowKey, out start))
        {
            return exchange.RefuseAsync(TableError.InvalidInput("The continuation token is not one of this service."));
        }

        if (!exchange.Top.TryGet(out var top, out var badTop))
        {
            return exchange.RefuseAsync(badTop);
        }

        return service.Query(exchange.Target.Table, new(exchange.Options.Filter, top, start)).TryGet(out var page, out var error)
            ? exchange.PageAsync(page)
            : exchange.RefuseAsync(error);
    }

    private async Task WriteAsync(Exchange exchange)
    {
        if (!(await ReadAsync(exchange).ConfigureAwait(false)).TryGet(out var write, out var badRequest))
        {
            await exchange.RefuseAsync(badRequest).ConfigureAwait(false);
            return;
        }

        if (!(await service.WriteAsync(exchange.Target.Table, write).ConfigureAwait(false)).TryGet(out var stamp, out var refusal))
        {
            await exchange.RefuseAsync(refusal).ConfigureAwait(false);
            return;
        }

        if (write.Kind == WriteKind.Insert)
        {
            exchange.Header("Location", $"{exchange.Writer.Root}/{EntityLink.Of(exchange.Target.Table, write.PartitionKey, write.RowKey)}");
            exchange.Header("Preference-Applied", exchange.WantsNoContent ? "return-no-content" : "return-content");
        }

        await (write.Kind == WriteKind.Insert && !exchange.WantsNoContent
            ? exchange.EntityAsync(StatusCodes.Status201Created, new EntityRecord(write.PartitionKey, write.RowKey, stamp, write.Properties))
            : exchange.DoneAsync(write.Kind == WriteKind.Delete ? null : EntityVersion.ETag(stamp))).ConfigureAwait(false);
    }

    private static async Task<TableResult<TableWrite>> ReadAsync(Exchange exchange)
    {
        if (!(await exchange.ReadBodyAsync().ConfigureAwait(false)).TryGet(out var body, out var error))
        {
            return error;
        }

        using (body)
        {
            return WriteRequest.Read(exchange.Method, exchange.Target, exchange.IfMatch, body.Span);
        }
    }
}
