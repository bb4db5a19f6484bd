using CityBrain.Embedded.Functions.Rpc;
using CityBrain.Embedded.Functions.Worker;
using CityBrain.Embedded.ServiceBus.Triggers;
using Google.Protobuf;

namespace CityBrain.Embedded.Functions.Queues;

/// <summary>Hands messages to a function in the form that the official extension's converter reads.</summary>
internal sealed class QueueFunction(WorkerFunction function, bool isBatched, WorkerPool pool) : IMessageFunction
{
    private const string Version = "1.0";
    private const string Source = "AzureServiceBusReceivedMessage";
    private const string ContentType = "application/octet-stream";

    /// <inheritdoc/>
    public async Task RunAsync(IReadOnlyList<TriggerMessage> messages, CancellationToken cancellationToken)
    {
        var data = new TypedData();
        if (isBatched)
        {
            data.CollectionModelBindingData = new() { ModelBindingData = { messages.Select(DataOf) } };
        }
        else
        {
            data.ModelBindingData = DataOf(messages[0]);
        }

        await pool.InvokeAsync(function.Id, new() { InputData = { new ParameterBinding { Name = function.Trigger.Name, Data = data } } }, cancellationToken).ConfigureAwait(false);
    }

    private static ModelBindingData DataOf(TriggerMessage message) =>
        new() { Version = Version, Source = Source, ContentType = ContentType, Content = UnsafeByteOperations.UnsafeWrap(message.Content) };
}
