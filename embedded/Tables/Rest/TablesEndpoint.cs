using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CityBrain.Embedded.Tables.Rest;

/// <summary>
/// The Table service's REST protocol over a <see cref="TableService"/>, for one account whose name may be the first part of the path or not.
/// Safe for concurrent use. The web server should allow request lines of <see cref="LongestRequestLine"/> bytes.
/// </summary>
/// <param name="service">The tables.</param>
/// <param name="account">The account with the key that callers sign with.</param>
public sealed class TablesEndpoint(TableService service, TableAccount account)
{
    /// <summary>Bytes of the longest request line: two keys of 1,024 characters, percent-encoded, need about 20,000.</summary>
    public const int LongestRequestLine = 64 * 1024;

    private readonly SharedKey _sharedKey = new(account);
    private readonly EntityRequests _entities = new(service);
    private readonly TableRequests _tables = new(service);
    private readonly BatchRequests _batches = new(service, account);
    private readonly ServiceRequests _service = new(service);

    /// <summary>Answers one request. What a caller did wrong is an answer with a sentence, never an exception.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        try
        {
            await AnswerAsync(http).ConfigureAwait(false);
        }
        catch (BadHttpRequestException broken)
        {
            var error = broken.StatusCode == StatusCodes.Status413PayloadTooLarge ? TableError.RequestBodyTooLarge : TableError.InvalidInput(broken.Message) with { Status = broken.StatusCode };
            await ErrorReply.WriteAsync(http.Response, error).ConfigureAwait(false);
        }
        catch (ObjectDisposedException) when (!http.Response.HasStarted)
        {
            await ErrorReply.WriteAsync(http.Response, TableError.Closing).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone; there is nobody to answer.
        }
    }

    private Task AnswerAsync(HttpContext http)
    {
        var raw = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var target = RequestTarget.Of(string.IsNullOrEmpty(raw) ? http.Request.PathBase.ToUriComponent() + http.Request.Path.ToUriComponent() + http.Request.QueryString.ToUriComponent() : raw);
        if (!QueryOptions.Parse(target.Query).TryGet(out var options, out var badQuery))
        {
            return ErrorReply.WriteAsync(http.Response, badQuery);
        }

        if (_sharedKey.Check(http.Request, target.Path, options) is { } refusal)
        {
            return ErrorReply.WriteAsync(http.Response, refusal);
        }

        var path = target.Path[Math.Min(http.Request.PathBase.ToUriComponent().Length, target.Path.Length)..];
        if (!TableTarget.Parse(path, account.Name).TryGet(out var resource, out var badPath))
        {
            return ErrorReply.WriteAsync(http.Response, badPath);
        }

        string? accept = options.Format ?? http.Request.Headers.Accept;
        if (accept?.Contains("atom", StringComparison.OrdinalIgnoreCase) == true || http.Request.ContentType?.Contains("atom", StringComparison.OrdinalIgnoreCase) == true)
        {
            return ErrorReply.WriteAsync(http.Response, TableError.AtomNotSupported);
        }

        var metadata = accept?.Contains("nometadata", StringComparison.OrdinalIgnoreCase) == true ? Metadata.None
            : accept?.Contains("fullmetadata", StringComparison.OrdinalIgnoreCase) == true ? Metadata.Full
            : Metadata.Minimal;
        var root = $"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}";
        root = path.TrimStart('/').StartsWith(account.Name + "/", StringComparison.Ordinal) ? $"{root}/{account.Name}" : root;
        return RouteAsync(new(http, resource, options, new(metadata, resource.Table, root, account.Name)));
    }

    private Task RouteAsync(Exchange exchange) => exchange.Target.Kind switch
    {
        _ when exchange.Options.Component is not null => _service.AnswerAsync(exchange),
        TargetKind.Service => exchange.RefuseAsync(TableError.NotImplemented("Name a table, Tables or $batch.")),
        TargetKind.Tables => _tables.AllAsync(exchange),
        TargetKind.Table => _tables.OneAsync(exchange),
        TargetKind.Batch => _batches.AnswerAsync(exchange),
        TargetKind.Entities => _entities.AllAsync(exchange),
        _ => _entities.OneAsync(exchange),
    };
}
