using CityBrain.Cases;

namespace CityBrain.Rehearsal.Show;

/// <summary>How the play stands.</summary>
/// <param name="CityTime">The city's time, in its zone.</param>
/// <param name="Elapsed">Real time since the play began.</param>
/// <param name="Speed">City seconds in a real second.</param>
/// <param name="Appeals">Appeals accepted, and planned.</param>
/// <param name="Readings">Sensor events sent, and planned.</param>
/// <param name="States">Cases by state, as staff last saw them.</param>
/// <param name="Overdue">Open cases whose reply is overdue.</param>
/// <param name="Requests">HTTP requests so far.</param>
/// <param name="Lateness">How late the people of the play are, in city time.</param>
internal sealed record Snapshot(
    DateTimeOffset CityTime,
    TimeSpan Elapsed,
    double Speed,
    (int Sent, int Planned) Appeals,
    (int Sent, int Planned) Readings,
    IReadOnlyDictionary<CaseState, int> States,
    int Overdue,
    long Requests,
    TimeSpan Lateness)
{
    /// <summary>HTTP requests a real second, on average.</summary>
    public double Rate => Requests / Math.Max(0.001, Elapsed.TotalSeconds);

    /// <summary>The speed in words, such as <c>10 h/s</c>.</summary>
    public string SpeedText => Speed == 1 ? "real time" : Speed >= 86_400 ? $"{Speed / 86_400:F1} days/s" : Speed >= 3600 ? $"{Speed / 3600:F1} h/s" : $"{Speed / 60:F1} min/s";
}
