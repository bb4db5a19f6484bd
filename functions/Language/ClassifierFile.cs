using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace CityBrain.Language;

/// <summary>A model as one file: a mark with the format's number, the labels, and the numbers as they are in memory (little-endian).</summary>
public static class ClassifierFile
{
    private const string Mark = "CityBrain classifier 1";
    private const int VersionLength = 12;

    /// <summary>Writes a model.</summary>
    public static void Save(LinearClassifier model, Stream stream) => Write(model.Weights, stream);

    /// <summary>Reads a model.</summary>
    /// <exception cref="InvalidDataException">The stream holds no model, one of another format, or a cut-off one.</exception>
    public static LinearClassifier Load(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        try
        {
            if (reader.ReadString() != Mark)
            {
                throw new InvalidDataException($"The file is not a '{Mark}'. Train the model again.");
            }

            var labels = new string[Count(reader.ReadInt32(), 2, short.MaxValue)];
            for (var i = 0; i < labels.Length; i++)
            {
                labels[i] = reader.ReadString();
            }

            var sharpness = reader.ReadSingle();
            var bias = Numbers<float>(reader, labels.Length);
            var kept = Count(reader.ReadInt32(), 0, 1 << LinearClassifier.HashBits);
            var buckets = Numbers<uint>(reader, kept);
            return buckets.Any(bucket => bucket >> LinearClassifier.HashBits != 0)
                ? throw Damaged(null)
                : new LinearClassifier(new ClassifierWeights(labels, buckets, Numbers<float>(reader, kept * LabelRows.Stride(labels.Length)), bias, sharpness));
        }
        catch (Exception error) when (error is EndOfStreamException or DecoderFallbackException or FormatException)
        {
            throw Damaged(error);
        }
    }

    /// <summary>Hash of a model's content, in hexadecimal.</summary>
    internal static string VersionOf(ClassifierWeights weights)
    {
        using var hash = SHA256.Create();
        using (var stream = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write))
        {
            Write(weights, stream);
        }

        return Convert.ToHexStringLower(hash.Hash!)[..VersionLength];
    }

    private static void Write(ClassifierWeights weights, Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Mark);
        writer.Write(weights.Labels.Length);
        foreach (var label in weights.Labels)
        {
            writer.Write(label);
        }

        writer.Write(weights.Sharpness);
        writer.Write(MemoryMarshal.AsBytes<float>(weights.Bias));
        writer.Write(weights.Buckets.Length);
        writer.Write(MemoryMarshal.AsBytes<uint>(weights.Buckets));
        writer.Write(MemoryMarshal.AsBytes<float>(weights.Rows));
    }

    private static T[] Numbers<T>(BinaryReader reader, int count)
        where T : unmanaged
    {
        var numbers = new T[count];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan()));
        return numbers;
    }

    private static int Count(int count, int least, int most) => count >= least && count <= most ? count : throw Damaged(null);

    private static InvalidDataException Damaged(Exception? cause) => new("The model's file is damaged. Train the model again.", cause);
}
