using System.Globalization;

namespace Azure.Data.Tables;

/// <summary>A transaction was refused as a whole because of one of its actions.</summary>
public class TableTransactionFailedException : RequestFailedException
{
    internal const string FailedEntityIndex = "FailedEntity";

    /// <param name="requestFailedException">The refusal as the service gave it.</param>
    public TableTransactionFailedException(RequestFailedException requestFailedException)
        : base(requestFailedException.Status, requestFailedException.Message, requestFailedException.ErrorCode, requestFailedException.InnerException)
    {
        foreach (var key in requestFailedException.Data.Keys)
        {
            Data.Add(key, requestFailedException.Data[key]);
        }

        if (Data[FailedEntityIndex] is string text && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            FailedTransactionActionIndex = index;
        }
    }

    /// <summary>Position, from 0, of the action that the service refused.</summary>
    public int? FailedTransactionActionIndex { get; }
}
