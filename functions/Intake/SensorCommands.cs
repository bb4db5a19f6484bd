using System.Globalization;
using CityBrain.Cases;

namespace CityBrain.Intake;

/// <summary>Notes on a sensor's case that the device is back to normal.</summary>
public sealed record NoteCleared(DateTimeOffset At) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.Note;

    /// <inheritdoc/>
    public override string Summary => "back to normal at " + At.ToString("O", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context) =>
        current.SensorClearedAt >= At ? ["Already noted."] : [];

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) => current with { SensorClearedAt = At };
}

/// <summary>Notes on an open case of a device that its rule tripped again.</summary>
public sealed record NoteTrippedAgain(DateTimeOffset At) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.Note;

    /// <inheritdoc/>
    public override string Summary => "tripped again at " + At.ToString("O", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context) =>
        current.SensorClearedAt is null || current.SensorClearedAt >= At ? ["Already noted."] : [];

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) => current with { SensorClearedAt = null };
}
