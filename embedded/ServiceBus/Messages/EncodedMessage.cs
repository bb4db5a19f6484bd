namespace CityBrain.Embedded.ServiceBus.Messages;

/// <summary>A message as a receiver gets it: sections written by the broker, then the sender's bytes as they came.</summary>
internal readonly record struct EncodedMessage(ArraySegment<byte> Head, ArraySegment<byte> Tail)
{
    public int Length => Head.Count + Tail.Count;

    /// <summary>One array, with room for <paramref name="prefix"/> before the message.</summary>
    public byte[] ToArray(ReadOnlySpan<byte> prefix = default)
    {
        var whole = new byte[prefix.Length + Length];
        prefix.CopyTo(whole);
        Head.CopyTo(whole, prefix.Length);
        Tail.CopyTo(whole, prefix.Length + Head.Count);
        return whole;
    }
}
