using System.Text.Json;
using CityBrain.Sharing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace CityBrain.Intake;

/// <summary>
/// <c>POST /api/appeals/batch</c>: up to 1,000 appeals, as a JSON array or as one JSON object a line (NDJSON). 207 with a result for each;
/// a bad one never spoils the rest.
/// </summary>
public sealed partial class FileAppealBatch(AppealDesk desk, Callers callers, ILogger<FileAppealBatch> logger)
{
    private const int MostItems = 1000;
    private const int BodyLimit = 8 * 1024 * 1024;
    private const int AtOnce = 32;

    // Deeper than any item may be: how deep an item is, is its own matter.
    private const int BatchDepth = 256;

    /// <summary>Files the batch.</summary>
    [Function(nameof(FileAppealBatch))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "appeals/batch")] HttpRequest request,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellationToken)
    {
        if (callers.Of(request) is not { } caller)
        {
            return Problem.Forbidden("This key belongs to no caller; add it under Callers in the settings.");
        }

        var (bytes, problem) = await RequestBody.ReadBytesAsync(request, BodyLimit, cancellationToken);
        if (problem is not null)
        {
            return problem;
        }

        var (items, fault) = Split(bytes);
        if (fault is not null)
        {
            return Problem.Invalid("MALFORMED_BATCH", fault);
        }

        if (items.Count > MostItems)
        {
            return Problem.Of(413, "BATCH_TOO_LARGE", $"The batch has more than {MostItems} items; send at most {MostItems} at a time.");
        }

        var results = new BatchResult[items.Count];
        await Parallel.ForAsync(0, items.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (i, token) =>
            results[i] = await FileAsync(i, items[i], caller, durable, token));
        return TypedResults.Json(results, CityJson.Options, statusCode: 207);
    }

    private async Task<BatchResult> FileAsync(int index, ReadOnlyMemory<byte> item, Caller caller, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        var (appeal, fault) = RequestBody.Parse<AppealRequest>(item.Span);
        if (fault is not null)
        {
            return new BatchResult(index, 400, Errors: [fault]);
        }

        try
        {
            var outcome = await desk.AcceptAsync(appeal, caller, durable, cancellationToken);
            return outcome.Case is { } filed
                ? new BatchResult(index, outcome.Created ? 201 : 200, filed.Id, filed.State)
                : new BatchResult(index, 400, Errors: outcome.Faults);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(index, failure);
            return new BatchResult(index, 500, Errors: ["Something went wrong here with this item; send it again."]);
        }
    }

    /// <summary>The raw items of an array or of lines, one more than may be at the most; empty lines do not count, nor does a byte order mark.</summary>
    private static (List<ReadOnlyMemory<byte>> Items, string? Fault) Split(ReadOnlyMemory<byte> body)
    {
        body = body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;
        var start = body.Span.IndexOfAnyExcept(" \t\r\n"u8);
        return start < 0 ? ([], "The batch is empty.") : body.Span[start] == '[' ? SplitArray(body) : (SplitLines(body), null);
    }

    private static (List<ReadOnlyMemory<byte>> Items, string? Fault) SplitArray(ReadOnlyMemory<byte> body)
    {
        var items = new List<ReadOnlyMemory<byte>>();
        try
        {
            var reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = BatchDepth });
            reader.Read();
            while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
            {
                var from = (int)reader.TokenStartIndex;
                reader.Skip();
                items.Add(body[from..(int)reader.BytesConsumed]);
                if (items.Count > MostItems)
                {
                    return (items, null);
                }
            }

            return reader.Read() ? ([], "Nothing may follow the array.") : (items, null);
        }
        catch (JsonException broken)
        {
            return ([], $"The array breaks off or is not JSON at byte {broken.BytePositionInLine} of line {broken.LineNumber + 1}. Send one JSON object a line instead, so that a broken one does not spoil the rest.");
        }
    }

    private static List<ReadOnlyMemory<byte>> SplitLines(ReadOnlyMemory<byte> body)
    {
        var items = new List<ReadOnlyMemory<byte>>();
        while (body.Length > 0 && items.Count <= MostItems)
        {
            var end = body.Span.IndexOf((byte)'\n');
            var line = end < 0 ? body : body[..end];
            body = end < 0 ? default : body[(end + 1)..];
            if (line.Span.ContainsAnyExcept(" \t\r"u8))
            {
                items.Add(line);
            }
        }

        return items;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Item {Index} of a batch of appeals failed")]
    private partial void LogFailed(int index, Exception failure);

    /// <summary>What came of one item of the batch.</summary>
    private sealed record BatchResult(int Index, int Status, string? CaseId = null, Cases.CaseState? State = null, IReadOnlyList<string>? Errors = null);
}
