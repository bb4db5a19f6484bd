using Microsoft.AspNetCore.Http;

namespace CityBrain.Embedded.Tables.Rest;

/// <summary>Entity-group transactions: <c>POST /$batch</c>.</summary>
internal sealed class BatchRequests(TableService service, TableAccount account)
{
    public async Task AnswerAsync(Exchange exchange)
    {
        if (!HttpMethods.IsPost(exchange.Request.Method))
        {
            await exchange.RefuseAsync(TableError.VerbNotSupported(exchange.Request.Method)).ConfigureAwait(false);
            return;
        }

        if (!(await ReadAsync(exchange).ConfigureAwait(false)).TryGet(out var actions, out var badRequest))
        {
            await RefuseAsync(exchange, badRequest).ConfigureAwait(false);
            return;
        }

        var writes = new TableWrite[actions.Count];
        for (var i = 0; i < writes.Length; i++)
        {
            writes[i] = actions[i].Write;
        }

        if (!(await service.TransactAsync(actions[0].Table, writes).ConfigureAwait(false)).TryGet(out var stamps, out var refusal))
        {
            await RefuseAsync(exchange, refusal).ConfigureAwait(false);
            return;
        }

        var id = NewId();
        await exchange.SendAsync(StatusCodes.Status202Accepted, BatchWriter.ContentType(id), body => new BatchWriter(body, id).WriteDone(actions, stamps, exchange.Writer)).ConfigureAwait(false);
    }

    private async Task<TableResult<List<BatchAction>>> ReadAsync(Exchange exchange)
    {
        if (!(await exchange.ReadBodyAsync().ConfigureAwait(false)).TryGet(out var body, out var error))
        {
            return error;
        }

        using (body)
        {
            return BatchReader.Read(body.Span, exchange.Request.ContentType, account.Name);
        }
    }

    /// <summary>A refusal because of one action is a part of an accepted batch, as in the service; any other is the answer itself.</summary>
    private static Task RefuseAsync(Exchange exchange, TableError error)
    {
        var id = NewId();
        return error.Action is null
            ? exchange.RefuseAsync(error)
            : exchange.SendAsync(StatusCodes.Status202Accepted, BatchWriter.ContentType(id), body => new BatchWriter(body, id).WriteRefused(error));
    }

    private static string NewId() => Guid.NewGuid().ToString();
}
