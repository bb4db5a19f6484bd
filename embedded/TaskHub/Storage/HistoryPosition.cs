namespace CityBrain.Embedded.TaskHub;

/// <summary>
/// Row number of a turn: the instance's key and the number of the turn within its execution in one integer, so that a history is one run of
/// neighbouring rows and a turn appends to it.
/// </summary>
internal static class HistoryPosition
{
    private const int TurnBits = 24;

    /// <summary>Position of a turn.</summary>
    /// <param name="key">Row key of the instance, below 2^39.</param>
    /// <param name="turn">From 0, below 2^24.</param>
    public static long Of(long key, int turn) => checked((key << TurnBits) + turn);

    /// <summary>The position after every turn of the instance.</summary>
    public static long End(long key) => checked((key + 1) << TurnBits);

    /// <summary>Number of the turn at a position.</summary>
    public static int Turn(long position) => (int)(position & ((1 << TurnBits) - 1));
}
