using CityBrain.EarlyWarning.Watching;

namespace CityBrain.EarlyWarning;

/// <summary>What was learnt of which complaints follow which anomalies, as of the last snapshot.</summary>
public sealed class AssociationBoard(WatchJournal journal)
{
    /// <summary>The associations, the strongest first.</summary>
    public async Task<IReadOnlyList<Association>> ListAsync(CancellationToken cancellationToken)
    {
        var core = await journal.CoreAsync(cancellationToken);
        return core.Now is { } now ? new Associations(core.Associations).At(now) : [];
    }
}
