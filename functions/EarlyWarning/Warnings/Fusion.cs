using CityBrain.City;

namespace CityBrain.EarlyWarning.Warnings;

/// <summary>
/// Takes signs that are near in place, time and meaning as one trouble, and says when people must be told. The same signs in the same order give the
/// same warnings. Pure.
/// </summary>
/// <param name="settings">How near is near, and how grave is grave.</param>
/// <param name="categories">Urgency of the matters.</param>
/// <param name="metres">Metres between the middles of two areas; null when one of them is unknown.</param>
public sealed class Fusion(WarningSettings settings, Catalogue categories, Func<string, string, double?> metres)
{
    /// <summary>The warning that a sign makes: a new one, or one of those given with the sign in it.</summary>
    /// <param name="sign">The news.</param>
    /// <param name="warnings">Warnings that may take it, oldest first.</param>
    /// <param name="number">Running number for a new one.</param>
    public Warning Take(WarningSign sign, IEnumerable<Warning> warnings, long number)
    {
        var all = warnings.ToList();
        var home = all.Find(warning => warning.Signs.Any(known => known.Id == sign.Id)) ?? all.Find(warning => warning.End is null && Fits(sign, warning));
        if (home is null)
        {
            var parts = WarningRating.PartsOf([sign], UrgencyOf(sign.Categories[0]));
            var level = WarningRating.LevelOf(parts, settings);
            var fresh = new Warning($"{sign.Categories[0]}-{number:D6}", sign.Categories[0], level, level, parts, [sign], 1, new(level, 0, 0, sign.Last));
            return fresh with { Told = new(level, fresh.Reporters, fresh.Devices, sign.Last) };
        }

        return Rated(home with { Signs = Kept([.. home.Signs.Where(known => known.Id != sign.Id), sign]) }, sign.Last);
    }

    private Warning Rated(Warning warning, DateTimeOffset now)
    {
        var parts = WarningRating.PartsOf(warning.Signs, UrgencyOf(warning.CategoryCode));
        var level = WarningRating.LevelOf(parts, settings);
        var rated = warning with { Parts = parts, Level = level, Highest = level > warning.Highest ? level : warning.Highest };
        return HasGrown(rated) ? rated with { Revision = rated.Revision + 1, Told = new(rated.Level, rated.Reporters, rated.Devices, now) } : rated;
    }

    private bool HasGrown(Warning warning) =>
        warning.Level > warning.Told.Level || warning.Devices > warning.Told.Devices || warning.Reporters >= Math.Max(1, warning.Told.Reporters) * settings.Growth;

    private bool Fits(WarningSign sign, Warning warning) => warning.Signs.Any(known => IsNear(sign, known)) && SharesMeaning(sign, warning);

    private static bool SharesMeaning(WarningSign sign, Warning warning) =>
        sign.Categories.Contains(warning.CategoryCode, StringComparer.Ordinal) || warning.Signs.Any(known => known.Categories.Contains(sign.Categories[0], StringComparer.Ordinal));

    private bool IsNear(WarningSign one, WarningSign other)
    {
        var gap = TimeSpan.FromHours(settings.NearHours);
        return one.Onset - gap <= other.Last && other.Onset - gap <= one.Last
            && (one.Areas.Count == 0 || other.Areas.Count == 0 || one.Areas.Any(area => other.Areas.Any(far => area == far || metres(area, far) <= settings.NearKilometres * 1000)));
    }

    private static List<WarningSign> Kept(List<WarningSign> signs)
    {
        signs.Sort((one, other) => one.Onset != other.Onset ? one.Onset.CompareTo(other.Onset) : string.CompareOrdinal(one.Id, other.Id));
        if (signs.Count > Warning.MostSigns)
        {
            signs.Remove(signs.OrderBy(sign => sign.End is null).ThenBy(sign => sign.Score).ThenBy(sign => sign.Id, StringComparer.Ordinal).First());
        }

        return signs;
    }

    private Urgency UrgencyOf(string code) => (categories.Find(code) ?? categories.Other).Urgency;
}
