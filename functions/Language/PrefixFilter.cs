namespace CityBrain.Language;

/// <summary>
/// The bounds of a set-similarity join (Bayardo et al. 2007; Xiao et al., PPJoin, 2008): what two sets must have in common to reach a
/// Jaccard similarity. The bounds never leave out a pair; rounding errors can only let one more through to the exact comparison. Pure.
/// </summary>
internal static class PrefixFilter
{
    private const double Rounding = 1e-9;

    /// <summary>Least number of common elements of two sets that are that similar.</summary>
    public static int OverlapNeeded(int a, int b, double similarity) => (int)Math.Ceiling((similarity / (1 + similarity) * (a + b)) - Rounding);

    /// <summary>Least size of a set that is that similar to one of this size.</summary>
    public static int LeastSize(int size, double similarity) => (int)Math.Ceiling((similarity * size) - Rounding);

    /// <summary>Two sets that are that similar have an element in common among this many first ones of each, whatever the order of elements.</summary>
    public static int Prefix(int size, double similarity) => size == 0 ? 0 : size - LeastSize(size, similarity) + 1;
}
