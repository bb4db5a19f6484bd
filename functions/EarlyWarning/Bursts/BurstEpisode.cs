namespace CityBrain.EarlyWarning.Bursts;

/// <summary>One alarm from its onset to its end: what overlaps in place and follows within the quiet days is the same episode.</summary>
/// <param name="Id">Subject and running number: the same for the life of the episode.</param>
/// <param name="Layer">What saw it first.</param>
/// <param name="Areas">Ids of the areas of the strongest alarm so far; none for the whole city.</param>
/// <param name="Onset">When the alarm was raised: nothing later was known then.</param>
/// <param name="Last">When an alarm of this episode was last seen.</param>
/// <param name="End">When it was closed; null while open.</param>
/// <param name="Observed">Distinct reporters in the window of the strongest alarm; weighted by age in the layer Slow.</param>
/// <param name="Expected">What was expected there.</param>
/// <param name="Score">−log10 of <paramref name="P"/>, at most 50.</param>
/// <param name="P">Probability of so many or more in that one window and place, were nothing the matter.</param>
/// <param name="WindowHours">Length of that window.</param>
public sealed record BurstEpisode(
    string Id, BurstLayer Layer, IReadOnlyList<string> Areas, DateTimeOffset Onset, DateTimeOffset Last, DateTimeOffset? End, double Observed, double Expected, double Score, double P, int WindowHours)
{
    /// <summary>Every area that an alarm of this episode has touched; none for the whole city.</summary>
    public IReadOnlyList<string> Reach { get; init; } = [];
}
