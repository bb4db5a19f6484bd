using System.Text.Json;
using CityBrain.Embedded.Tables.Entities;
using Microsoft.AspNetCore.Http;

namespace CityBrain.Embedded.Tables.Rest;

/// <summary>Requests on the list of tables.</summary>
internal sealed class TableRequests(TableService service)
{
    /// <summary><c>/Tables</c>: the list, or a new table.</summary>
    public Task AllAsync(Exchange exchange) => exchange.Method switch
    {
        "GET" => ListAsync(exchange),
        "POST" => CreateAsync(exchange),
        var other => exchange.RefuseAsync(TableError.VerbNotSupported(other)),
    };

    /// <summary><c>/Tables('name')</c></summary>
    public Task OneAsync(Exchange exchange) => exchange.Method switch
    {
        "GET" => service.FindTable(exchange.Target.Table) is { } name ? WriteAsync(exchange, StatusCodes.Status200OK, name) : exchange.RefuseAsync(TableError.ResourceNotFound),
        "DELETE" => DeleteAsync(exchange),
        var other => exchange.RefuseAsync(TableError.VerbNotSupported(other)),
    };

    private Task ListAsync(Exchange exchange)
    {
        if (!exchange.Top.TryGet(out var top, out var badTop))
        {
            return exchange.RefuseAsync(badTop);
        }

        if (!service.ListTables(exchange.Options.Filter, top, exchange.Options.NextTableName).TryGet(out var page, out var error))
        {
            return exchange.RefuseAsync(error);
        }

        if (page.Next is { } next)
        {
            exchange.Header("x-ms-continuation-NextTableName", next);
        }

        return exchange.JsonAsync(StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            WriteMetadata(json, exchange, string.Empty);
            json.WriteStartArray("value"u8);
            foreach (var name in page.Names)
            {
                json.WriteStartObject();
                WriteMembers(json, exchange, name);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private async Task CreateAsync(Exchange exchange)
    {
        var name = await ReadNameAsync(exchange).ConfigureAwait(false);
        var error = name.Error ?? await service.CreateTableAsync(name.Value!).ConfigureAwait(false);
        if (error is not null)
        {
            await exchange.RefuseAsync(error).ConfigureAwait(false);
            return;
        }

        exchange.Header("Location", $"{exchange.Writer.Root}/Tables('{name.Value}')");
        exchange.Header("Preference-Applied", exchange.WantsNoContent ? "return-no-content" : "return-content");
        await (exchange.WantsNoContent ? exchange.DoneAsync(null) : WriteAsync(exchange, StatusCodes.Status201Created, name.Value!)).ConfigureAwait(false);
    }

    private async Task DeleteAsync(Exchange exchange) =>
        await (await service.DeleteTableAsync(exchange.Target.Table).ConfigureAwait(false) is { } error ? exchange.RefuseAsync(error) : exchange.DoneAsync(null)).ConfigureAwait(false);

    private static async Task<TableResult<string>> ReadNameAsync(Exchange exchange)
    {
        if (!(await exchange.ReadBodyAsync().ConfigureAwait(false)).TryGet(out var body, out var tooLarge))
        {
            return tooLarge;
        }

        using (body)
        {
            if (!EntityJsonReader.Read(body.Span).TryGet(out var table, out var error))
            {
                return error;
            }

            var name = table.Properties.Find(property => property.Name == "TableName");
            return name.Value.Type == EdmType.String ? name.Value.AsString() : TableError.InvalidInput("The body must be {\"TableName\":\"name\"}.");
        }
    }

    private static Task WriteAsync(Exchange exchange, int status, string name) => exchange.JsonAsync(status, json =>
    {
        json.WriteStartObject();
        WriteMetadata(json, exchange, "/@Element");
        WriteMembers(json, exchange, name);
        json.WriteEndObject();
    });

    private static void WriteMetadata(Utf8JsonWriter json, Exchange exchange, string suffix)
    {
        if (exchange.Writer.Metadata != Metadata.None)
        {
            json.WriteString("odata.metadata"u8, $"{exchange.Writer.Root}/$metadata#Tables{suffix}");
        }
    }

    private static void WriteMembers(Utf8JsonWriter json, Exchange exchange, string name)
    {
        if (exchange.Writer.Metadata == Metadata.Full)
        {
            json.WriteString("odata.type"u8, $"{exchange.Writer.Account}.Tables");
            json.WriteString("odata.id"u8, $"{exchange.Writer.Root}/Tables('{name}')");
            json.WriteString("odata.editLink"u8, $"Tables('{name}')");
        }

        json.WriteString("TableName"u8, name);
    }
}
