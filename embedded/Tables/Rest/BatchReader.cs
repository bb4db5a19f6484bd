using System.Text;

namespace CityBrain.Embedded.Tables.Rest;

/// <param name="Table">Name of the table.</param>
/// <param name="Write">What to do.</param>
/// <param name="WantsNoContent">True when an inserted entity is not wanted back.</param>
internal readonly record struct BatchAction(string Table, TableWrite Write, bool WantsNoContent);

/// <summary>
/// Reads a transaction: a multipart body with one change set, itself multipart, whose parts are whole requests (OData 3, "Batch
/// Processing"; "Performing entity group transactions").
/// </summary>
internal static class BatchReader
{
    private const string Malformed = "A transaction is multipart/mixed with one change set, itself multipart/mixed, of application/http requests.";

    /// <param name="body">The body of the request.</param>
    /// <param name="contentType">Its content type with the boundary.</param>
    /// <param name="account">Name of the account, which may stand in the paths.</param>
    /// <returns>The actions, at least one; or an error that tells the action to blame when it is one.</returns>
    public static TableResult<List<BatchAction>> Read(ReadOnlySpan<byte> body, string? contentType, string account)
    {
        if (MimeHead.Boundary(contentType) is not { } boundary)
        {
            return TableError.InvalidInput(Malformed);
        }

        var batch = new MultipartParts(body, Encoding.UTF8.GetBytes(boundary));
        if (!batch.TryNext(out var part))
        {
            return TableError.InvalidInput(Malformed);
        }

        var head = new MimeHead(part);
        if (ContentType(ref head) is not { } inner || MimeHead.Boundary(inner) is not { } changeBoundary)
        {
            return Encoding.UTF8.GetString(head.Rest).TrimStart().StartsWith("GET", StringComparison.Ordinal)
                ? TableError.NotImplemented("Queries inside a batch are not served; send them by themselves.")
                : TableError.InvalidInput(Malformed);
        }

        var actions = ReadChanges(head.Rest, Encoding.UTF8.GetBytes(changeBoundary), account);
        return actions.Error is null && (batch.TryNext(out _) || !batch.IsComplete) ? TableError.InvalidInput(Malformed) : actions;
    }

    private static TableResult<List<BatchAction>> ReadChanges(ReadOnlySpan<byte> body, ReadOnlySpan<byte> boundary, string account)
    {
        var actions = new List<BatchAction>();
        var parts = new MultipartParts(body, boundary);
        while (parts.TryNext(out var part))
        {
            var head = new MimeHead(part);
            ContentType(ref head);
            if (!ReadAction(head.Rest, account).TryGet(out var action, out var error))
            {
                return error.AtAction(actions.Count);
            }

            actions.Add(action);
            if (action.Table != actions[0].Table)
            {
                return TableError.InvalidInput("All actions of a transaction must be on one table.").AtAction(actions.Count - 1);
            }
        }

        return parts.IsComplete && actions.Count > 0 ? actions : TableError.InvalidInput(Malformed);
    }

    private static TableResult<BatchAction> ReadAction(ReadOnlySpan<byte> request, string account)
    {
        var head = new MimeHead(request);
        var line = head.FirstLine().Split(' ');
        if (line is not [var method, var url, ['H', 'T', 'T', 'P', '/', ..]])
        {
            return TableError.InvalidInput("A part does not begin with a line such as POST http://host/table HTTP/1.1.");
        }

        string? ifMatch = null;
        var wantsNoContent = false;
        while (head.TryHeader(out var name, out var value))
        {
            if (Ascii.EqualsIgnoreCase(name, "If-Match"u8))
            {
                ifMatch = Encoding.UTF8.GetString(value);
            }
            else if (Ascii.EqualsIgnoreCase(name, "Prefer"u8))
            {
                wantsNoContent = PreferHeader.WantsNoContent(Encoding.UTF8.GetString(value));
            }
            else if (Ascii.EqualsIgnoreCase(name, "X-HTTP-Method"u8) && method == "POST")
            {
                method = Encoding.UTF8.GetString(value);
            }
        }

        if (!TableTarget.Parse(RequestTarget.Of(url).Path, account).TryGet(out var target, out var badPath))
        {
            return badPath;
        }

        return WriteRequest.Read(method, target, ifMatch, head.Rest).TryGet(out var write, out var error) ? new BatchAction(target.Table, write, wantsNoContent) : error;
    }

    /// <summary>Reads the headers of a part and returns its content type, or null.</summary>
    private static string? ContentType(ref MimeHead head)
    {
        string? type = null;
        while (head.TryHeader(out var name, out var value))
        {
            type = Ascii.EqualsIgnoreCase(name, "Content-Type"u8) ? Encoding.UTF8.GetString(value) : type;
        }

        return type;
    }
}
