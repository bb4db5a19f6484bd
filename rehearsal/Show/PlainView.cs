using System.Globalization;

namespace CityBrain.Rehearsal.Show;

/// <summary>A line every few seconds, for output that goes to a file or a pipe.</summary>
internal sealed class PlainView(TextWriter output) : IView
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public async Task ShowAsync(Func<Snapshot> look, Task play)
    {
        do
        {
            await output.WriteLineAsync(LineOf(look()));
            await Task.WhenAny(play, Task.Delay(Period));
        }
        while (!play.IsCompleted);
        await output.WriteLineAsync(LineOf(look()));
    }

    /// <summary>One line.</summary>
    public static string LineOf(Snapshot snapshot)
    {
        var states = snapshot.States.Count == 0 ? "no cases yet" : string.Join(", ", snapshot.States.Select(pair => $"{pair.Key} {pair.Value}"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{snapshot.Elapsed.TotalSeconds,4:F0} s  {snapshot.CityTime:yyyy-MM-dd HH:mm}  {snapshot.SpeedText,-12} appeals {snapshot.Appeals.Sent}/{snapshot.Appeals.Planned}  events {snapshot.Readings.Sent}/{snapshot.Readings.Planned}  {states}  overdue {snapshot.Overdue}  {snapshot.Rate:F0} requests/s  late {snapshot.Lateness.TotalMinutes:F0} min");
    }
}
