namespace CityBrain.Tests;

/// <summary>Waits for what the app does in the background, and fails when it does not come in time.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Looks again and again until a condition holds.</summary>
    public static Task HoldsAsync(Func<Task<bool>> holds, TimeSpan? patience = null) => ReadsAsync(holds, held => held, patience);

    /// <summary>Reads again and again until a value is as expected; returns it.</summary>
    public static async Task<T> ReadsAsync<T>(Func<Task<T>> read, Func<T, bool> reached, TimeSpan? patience = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(patience ?? Patience);
        while (true)
        {
            var value = await read();
            if (reached(value))
            {
                return value;
            }

            await Task.Delay(Pause, limit.Token);
        }
    }
}
