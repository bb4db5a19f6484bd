namespace CityBrain.Rehearsal.Plan;

/// <summary>How the people of one case behave: drawn from the seed and the case alone, so that the order of events changes nothing.</summary>
/// <param name="AcceptShare">Share of the handling time after which the department signs.</param>
/// <param name="ArriveShare">Share of the handling time after which somebody is on the spot; above <paramref name="AcceptShare"/>.</param>
/// <param name="Returns">How often a department sends the case back, 0 to 2; the second return goes to the arbiter.</param>
/// <param name="Pause">Part of the handling time for which the case is suspended; 0: it is not.</param>
/// <param name="PauseToCap">True: nobody ends the pause by hand, its cap does.</param>
/// <param name="Answers">What the reporter does when asked.</param>
/// <param name="AnswerAfter">How long after the reply the reporter answers.</param>
/// <param name="RedoAfter">How long the department takes when the reporter was not content.</param>
/// <param name="Contacted">The reporter's first answer.</param>
/// <param name="Satisfied">The reporter's third answer.</param>
/// <param name="RepeatAfter">The appeal is sent a second time after this; null: once is enough.</param>
internal sealed record Temper(
    double AcceptShare,
    double ArriveShare,
    int Returns,
    double Pause,
    bool PauseToCap,
    Answering Answers,
    TimeSpan AnswerAfter,
    TimeSpan RedoAfter,
    bool Contacted,
    bool Satisfied,
    TimeSpan? RepeatAfter)
{
    /// <summary>Draws from the seed and the number of the case.</summary>
    public static Temper Draw(int seed, string key)
    {
        var random = new Random(StableHash(seed, key));
        var accept = 0.02 + (0.1 * random.NextDouble());
        return new Temper(
            accept,
            accept + 0.05 + (0.3 * random.NextDouble()),
            random.NextDouble() switch { < 0.01 => 2, < 0.05 => 1, _ => 0 },
            random.NextDouble() < 0.05 ? 0.2 + (0.3 * random.NextDouble()) : 0,
            random.NextDouble() < 0.4,
            random.NextDouble() switch { < 0.05 => Answering.Unsolved, < 0.17 => Answering.Never, _ => Answering.Solved },
            TimeSpan.FromHours(2 + (46 * random.NextDouble())),
            TimeSpan.FromHours(4 + (68 * random.NextDouble())),
            random.NextDouble() < 0.9,
            random.NextDouble() < 0.85,
            random.NextDouble() < 0.02 ? TimeSpan.FromMinutes(10 + (230 * random.NextDouble())) : null);
    }

    // string.GetHashCode differs from run to run; this one is FNV-1a.
    private static int StableHash(int seed, string key)
    {
        var hash = 2166136261 ^ (uint)seed;
        foreach (var c in key)
        {
            hash = (hash ^ c) * 16777619;
        }

        return (int)hash;
    }
}

/// <summary>What a reporter does when asked whether the matter is solved.</summary>
internal enum Answering
{
    /// <summary>Says that it is solved.</summary>
    Solved,

    /// <summary>Says that it is not; after the second try, that it is.</summary>
    Unsolved,

    /// <summary>Says nothing; the case closes as unanswered.</summary>
    Never,
}
