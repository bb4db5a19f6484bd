using CityBrain.Cases;

namespace CityBrain.Rehearsal.Show;

/// <summary>What the cockpit shows, as <c>/api/overview</c> gives it.</summary>
internal sealed record OverviewSeen(int OutboxWaiting, FiguresSeen Figures, IReadOnlyList<StateSeen> States);

/// <summary>Its big figures.</summary>
internal sealed record FiguresSeen(
    long Cases,
    long Appeals,
    long Sensors,
    long Warnings,
    long Open,
    int Overdue,
    bool OverdueIsMore,
    long Closed,
    long Solved,
    long Unanswered,
    long InTime,
    long Late,
    double? MeanHours,
    double? MedianHours,
    double? P90Hours);

/// <summary>Cases in a state.</summary>
internal sealed record StateSeen(CaseState State, long Count);
