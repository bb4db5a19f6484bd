using CityBrain.Cases;

namespace CityBrain.Tests.Cases;

/// <summary>Lives a random life in a store.</summary>
internal static class AnyLife
{
    private static readonly Actor Officer = new("officer", ActorKind.Staff);

    /// <summary>Files a case and gives it the commands that the choices pick; returns it as it is then.</summary>
    public static async Task<Case> LiveAsync(TestStore store, string sourceId, IEnumerable<(int Choice, int Minutes)> life)
    {
        var token = TestContext.Current.CancellationToken;
        store.Clock.Now = SmallTown.Morning;
        var (current, _) = await store.Cases.FileAsync(SmallTown.Draft(sourceId), Officer, store.Durable.Client, token);
        foreach (var (choice, minutes) in life)
        {
            store.Clock.Now += TimeSpan.FromMinutes(minutes);
            current = (await store.Cases.ChangeAsync(current.Id, AnyCommand.Choose(current, choice, store.Clock.Now), Officer, store.Durable.Client, cancellationToken: token)).Case!;
        }

        return current;
    }
}
