using Azure;
using Azure.Data.Tables;
using CityBrain.Embedded.Tables.Entities;

namespace CityBrain.Embedded.Tables;

/// <summary>The pages of a query; each enumeration asks the service anew.</summary>
internal sealed class EntityPageable<T>(ITableTransport transport, string table, EntityQuery query, CancellationToken cancellationToken) : AsyncPageable<T>(cancellationToken)
    where T : class, ITableEntity
{
    public override async IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
    {
        var codec = EntityCodec.For(typeof(T));
        var next = query with { Continuation = continuationToken, Top = pageSizeHint ?? query.Top };
        do
        {
            var (response, page) = await transport.QueryAsync(table, next, CancellationToken).ConfigureAwait(false);
            response.ThrowIfError();
            yield return Page<T>.FromValues([.. page!.Entities.Select(entity => (T)codec.Read(entity))], page.Continuation, response);
            next = next with { Continuation = page.Continuation };
        }
        while (next.Continuation is not null);
    }
}
