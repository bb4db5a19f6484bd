using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Data.Tables;

namespace CityBrain.Embedded.Tables;

/// <summary>Makes the exceptions of refused requests.</summary>
internal static class TableFailure
{
    private static readonly RequestFailedDetailsParser Parser = new ODataErrorParser();

    public static Response ThrowIfError(this Response response) => response.Status < 400 ? response : throw Exception(response);

    public static RequestFailedException Exception(Response response) => new(response, null, Parser);

    /// <summary>The exception of a refused transaction; a plain one when no single action is to blame.</summary>
    public static RequestFailedException TransactionException(Response response)
    {
        var failure = Exception(response);
        var colon = failure.Message.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || !int.TryParse(failure.Message.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            return failure;
        }

        failure.Data[TableTransactionFailedException.FailedEntityIndex] = index.ToString(CultureInfo.InvariantCulture);
        return new TableTransactionFailedException(failure);
    }

    private sealed class ODataErrorParser : RequestFailedDetailsParser
    {
        public override bool TryParse(Response response, [NotNullWhen(true)] out ResponseError? error, out IDictionary<string, string>? data)
        {
            (error, data) = (null, null);
            try
            {
                using var json = JsonDocument.Parse(response.Content);
                if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("odata.error", out var node))
                {
                    error = new ResponseError(node.GetProperty("code").GetString(), node.GetProperty("message").GetProperty("value").GetString());
                }
            }
            catch (Exception malformed) when (malformed is JsonException or KeyNotFoundException or InvalidOperationException)
            {
                // A proxy's page or an empty body: the status alone has to tell.
            }

            return error is not null;
        }
    }
}
