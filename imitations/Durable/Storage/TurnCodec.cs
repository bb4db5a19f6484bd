using System.Text;

namespace CityBrain.Embedded.Durable;

/// <summary>Packs the events of a turn into bytes.</summary>
internal static class TurnCodec
{
    [Flags]
    private enum Parts : byte
    {
        None = 0,
        Id = 1,
        Name = 2,
        Data = 4,
        Number = 8,
    }

    /// <summary>The events as bytes.</summary>
    public static byte[] Pack(IReadOnlyList<HistoryEvent> inbound, IReadOnlyList<HistoryEvent> outbound)
    {
        using var stream = new MemoryStream(96);
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        Write(writer, inbound);
        Write(writer, outbound);
        return stream.ToArray();
    }

    /// <summary>The events of packed bytes.</summary>
    public static Turn Unpack(long time, byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        return new Turn(time, Read(reader), Read(reader));
    }

    private static void Write(BinaryWriter writer, IReadOnlyList<HistoryEvent> events)
    {
        writer.Write7BitEncodedInt(events.Count);
        for (var i = 0; i < events.Count; i++)
        {
            var item = events[i];
            var parts = (item.Id != 0 ? Parts.Id : 0) | (item.Name is not null ? Parts.Name : 0) | (item.Data is not null ? Parts.Data : 0)
                | (item.Number != 0 ? Parts.Number : 0);
            writer.Write((byte)item.Kind);
            writer.Write((byte)parts);
            if (item.Id != 0)
                writer.Write7BitEncodedInt(item.Id);
            if (item.Name is not null)
                writer.Write(item.Name);
            if (item.Data is not null)
                writer.Write(item.Data);
            if (item.Number != 0)
                writer.Write7BitEncodedInt64(item.Number);
        }
    }

    private static HistoryEvent[] Read(BinaryReader reader)
    {
        var events = new HistoryEvent[reader.Read7BitEncodedInt()];
        for (var i = 0; i < events.Length; i++)
        {
            var kind = (EventKind)reader.ReadByte();
            var parts = (Parts)reader.ReadByte();
            var id = parts.HasFlag(Parts.Id) ? reader.Read7BitEncodedInt() : 0;
            var name = parts.HasFlag(Parts.Name) ? reader.ReadString() : null;
            var data = parts.HasFlag(Parts.Data) ? reader.ReadString() : null;
            events[i] = new HistoryEvent(kind, id, name, data, parts.HasFlag(Parts.Number) ? reader.Read7BitEncodedInt64() : 0);
        }

        return events;
    }
}
