namespace CityBrain.Cases;

/// <summary>
/// What a change still has to tell the rest of the city. Written in the same transaction as the change, deleted when every
/// <see cref="IOutboxHandler"/> is done; so each is told at least once, whatever crashes.
/// </summary>
/// <param name="Before">The case before the change; null when it was filed.</param>
/// <param name="After">The case after it.</param>
/// <param name="Step">The step as the history has it.</param>
/// <param name="Text">The redacted text, only on the step by which the case leaves intake.</param>
/// <param name="ReporterKey">Pseudonym of the reporter, on the same step.</param>
/// <param name="Rung">The rung that somebody is told of, on a reminder.</param>
/// <param name="Outcome">What came of asking the reporter, on the step that ends a round of it.</param>
public sealed record OutboxEntry(CaseSummary? Before, CaseSummary After, HistoryEntry Step, string? Text = null, string? ReporterKey = null, ClockRung? Rung = null, CallbackOutcome? Outcome = null)
{
    /// <summary>The redacted title, on the same step; null when there is none.</summary>
    public string? Title { get; init; }

    /// <summary>Names of places in the wording, redacted, on the same step; null when there is none.</summary>
    public IReadOnlyList<string>? Places { get; init; }

    /// <summary>What a step of a whistle tells; null for every other step.</summary>
    public WhistleNews? Whistle { get; init; }

    /// <summary>Where the case was before its place was corrected; null when it had no place, or has the same.</summary>
    public GeoPoint? MovedFrom { get; init; }

    /// <summary>True when a new case makes room for no flood of appeals, because a life may be at risk.</summary>
    public bool AtOnce { get; init; }
}

/// <summary>What came of one round of asking the reporter 回访. Whether it is solved is said by the step itself.</summary>
/// <param name="Contacted">The reporter's word on whether anybody got in touch; null when nobody answered.</param>
/// <param name="Satisfied">The reporter's word on whether it was done well; null when nobody answered.</param>
/// <param name="RepliedAt">When the department gave the reply that was asked about.</param>
public sealed record CallbackOutcome(bool? Contacted, bool? Satisfied, DateTimeOffset? RepliedAt);

/// <summary>A rung of a clock's escalation ladder that a case has reached.</summary>
/// <param name="Clock">Which clock.</param>
/// <param name="Percent">Share of its budget that is used up.</param>
/// <param name="Due">When the clock is due.</param>
public sealed record ClockRung(ClockKind Clock, int Percent, DateTimeOffset Due)
{
    /// <summary>The duty role that is told.</summary>
    public DutyRole Role { get; init; }
}

/// <summary>Tells one part of the city about a change. Must be idempotent by case and version, and safe for concurrent use.</summary>
public interface IOutboxHandler
{
    /// <summary>Completes when the part has durably taken note. An exception leaves the entry for the next sweep.</summary>
    /// <param name="entry">What changed.</param>
    /// <param name="durable">Client of the Durable task hub.</param>
    /// <param name="cancellationToken">The host is stopping.</param>
    Task HandleAsync(OutboxEntry entry, Microsoft.DurableTask.Client.DurableTaskClient durable, CancellationToken cancellationToken);
}
