namespace CityBrain.Rehearsal.Play;

/// <summary>
/// Decides how fast the city's clock runs. Pure. It cruises; when what is due comes late it slows down, and almost stops at twice the
/// tolerance, until the people of the play have caught up; when nothing is due for a while it hurries to where something is.
/// </summary>
/// <param name="Cruise">City seconds in a real second while the city is busy.</param>
/// <param name="Fastest">The most when nothing is due.</param>
/// <param name="Tolerance">City time by which something may be late before the clock slows down.</param>
internal sealed record Pacer(double Cruise, double Fastest, TimeSpan Tolerance)
{
    /// <summary>The clock never runs slower than this: a city minute in a real second.</summary>
    public const double Slowest = 60;

    /// <summary>Real time left before the next event when hurrying, so that the clock is slow again when it comes.</summary>
    private static readonly TimeSpan Approach = TimeSpan.FromMilliseconds(40);

    /// <summary>The speed from now on.</summary>
    /// <param name="lateness">How late the oldest thing is that is not done; zero or less when nothing is.</param>
    /// <param name="untilNext">City time until the next thing is due; null when nothing is planned.</param>
    /// <param name="quiet">True when nothing is being done and what was done has settled.</param>
    public double Next(TimeSpan lateness, TimeSpan? untilNext, bool quiet)
    {
        if (lateness > Tolerance)
        {
            return Math.Max(Slowest, Cruise * (2 - (lateness / Tolerance)));
        }

        return quiet ? Math.Clamp((untilNext ?? TimeSpan.Zero) / Approach, Cruise, Fastest) : Cruise;
    }
}
