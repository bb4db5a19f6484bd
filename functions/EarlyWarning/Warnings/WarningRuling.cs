namespace CityBrain.EarlyWarning.Warnings;

/// <summary>What people found a warning to be.</summary>
public enum Disposition
{
    /// <summary>属实: there is such a trouble.</summary>
    True,

    /// <summary>误报: there is none.</summary>
    False,

    /// <summary>已知: it is true, and was known before the warning.</summary>
    Known,

    /// <summary>演练: somebody tried the system.</summary>
    Drill,
}

/// <summary>What people decided about a warning: kept apart from what was seen, as the one is theirs and the other the city's.</summary>
/// <param name="WarningId">Which warning.</param>
/// <param name="Owner">The department, or the officer, who looks after it; null while nobody does.</param>
/// <param name="Disposition">What it was found to be; null while nobody said.</param>
/// <param name="Note">Why, redacted.</param>
/// <param name="By">Who said so last.</param>
/// <param name="At">When.</param>
public sealed record WarningRuling(string WarningId, string? Owner, Disposition? Disposition, string? Note, string By, DateTimeOffset At);

/// <summary>How often warnings were right. Known ones and drills are apart: they say nothing of it.</summary>
/// <param name="True">Found true.</param>
/// <param name="False">Found false.</param>
/// <param name="Known">Found true, and known before.</param>
/// <param name="Drill">Somebody tried the system.</param>
/// <param name="Undecided">Nobody said yet.</param>
public sealed record WarningPrecision(int True, int False, int Known, int Drill, int Undecided)
{
    /// <summary>Share of the true ones among the true and the false; null while there are none.</summary>
    public double? Precision => True + False == 0 ? null : Math.Round((double)True / (True + False), 3);

    /// <summary>Counts rulings.</summary>
    /// <param name="rulings">One for each warning; null where nobody said.</param>
    public static WarningPrecision Of(IReadOnlyCollection<Disposition?> rulings)
    {
        int Count(Disposition? of) => rulings.Count(ruling => ruling == of);
        return new(Count(Warnings.Disposition.True), Count(Warnings.Disposition.False), Count(Warnings.Disposition.Known), Count(Warnings.Disposition.Drill), Count(null));
    }
}
