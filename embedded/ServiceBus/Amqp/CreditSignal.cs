using System.Threading.Channels;

namespace CityBrain.Embedded.ServiceBus.Amqp;

/// <summary>Wakes one waiter; signals given meanwhile count as one. Setting never blocks.</summary>
internal sealed class CreditSignal
{
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => _signal.Writer.TryWrite(true);

    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _signal.Reader.ReadAsync(cancellationToken);
}
