namespace CityBrain.Language;

/// <summary>A random order that is the same in every run (SplitMix64, Fisher-Yates).</summary>
internal static class Shuffle
{
    /// <summary>The numbers 0 to count - 1 in an order that depends on the seed alone.</summary>
    public static int[] Order(int count, ulong seed)
    {
        var order = Enumerable.Range(0, count).ToArray();
        In(order, ref seed);
        return order;
    }

    /// <summary>Shuffles in place; moves the seed on.</summary>
    public static void In(Span<int> items, ref ulong seed)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var other = (int)(Next(ref seed) % (ulong)(i + 1));
            (items[i], items[other]) = (items[other], items[i]);
        }
    }

    private static ulong Next(ref ulong seed)
    {
        var mixed = seed += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
