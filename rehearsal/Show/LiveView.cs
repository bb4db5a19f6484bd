using CityBrain.Cases;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CityBrain.Rehearsal.Show;

/// <summary>A screen that moves, for a terminal.</summary>
internal sealed class LiveView(IAnsiConsole console) : IView
{
    private const int BarWidth = 60;
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    public Task ShowAsync(Func<Snapshot> look, Task play) => console.Live(Draw(look())).StartAsync(async live =>
    {
        while (!play.IsCompleted)
        {
            live.UpdateTarget(Draw(look()));
            await Task.WhenAny(play, Task.Delay(Period));
        }

        live.UpdateTarget(Draw(look()));
    });

    /// <summary>The screen of a snapshot.</summary>
    internal static IRenderable Draw(Snapshot snapshot)
    {
        var facts = new Grid().AddColumn().AddColumn();
        facts.AddRow("City time", $"[bold]{snapshot.CityTime:yyyy-MM-dd ddd HH:mm}[/]  [grey]{snapshot.SpeedText}, {snapshot.Elapsed.TotalSeconds:F0} s real[/]");
        facts.AddRow("Appeals", $"{snapshot.Appeals.Sent} of {snapshot.Appeals.Planned}");
        facts.AddRow("Sensor events", $"{snapshot.Readings.Sent} of {snapshot.Readings.Planned}");
        facts.AddRow("Overdue", $"[{(snapshot.Overdue > 0 ? "yellow" : "green")}]{snapshot.Overdue}[/]");
        facts.AddRow("Requests", $"{snapshot.Rate:F0}/s  [grey]people are {snapshot.Lateness.TotalMinutes:F0} city minutes late[/]");
        var chart = new BarChart().Width(BarWidth);
        foreach (var (state, count) in snapshot.States)
        {
            chart.AddItem(state.ToString(), count, ColorOf(state));
        }

        return new Rows(facts, snapshot.States.Count == 0 ? new Text("No cases yet.") : chart);
    }

    private static Color ColorOf(CaseState state) => state switch
    {
        CaseState.Closed => Color.Green,
        CaseState.Verified or CaseState.Replied => Color.Aqua,
        CaseState.TriageReview or CaseState.ReleaseReview or CaseState.Arbitration or CaseState.Returned or CaseState.Reopened => Color.Yellow,
        CaseState.Suspended => Color.Grey,
        _ => Color.Blue,
    };
}
