using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Feedback;
using CityBrain.Language;
using CityBrain.Sharing;
using CityBrain.Triage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;

namespace CityBrain.Lifecycle;

/// <summary>
/// The step of <see cref="CaseLifecycle"/> that redacts a withheld wording from the vault, and then asks what else it tells. When it cannot be redacted it
/// stays withheld, and the next try is planned.
/// </summary>
public sealed class RedactCase(CaseStore cases, ReporterVault vault, TextRedaction redaction, TextInsight insight, CityModel city, IOptions<FeedbackOptions> feedback, TimeProvider clock)
{
    /// <summary>Redacts the wording, if that is due.</summary>
    [Function(nameof(RedactCase))]
    public async Task<LifecyclePlan> RunAsync([ActivityTrigger] string caseId, [DurableClient] DurableTaskClient durable, CancellationToken cancellationToken)
    {
        var found = await cases.FindAsync(caseId, cancellationToken) ?? throw new InvalidOperationException($"Case {caseId} is not in the store.");
        if (found.Redaction is not { } due || due.RetryAt > clock.GetUtcNow())
        {
            return LifecyclePlan.For(found, city, feedback.Value);
        }

        var command = await DecideAsync(found, cancellationToken);
        var result = await cases.DecideAsync(caseId, current => current.Redaction is null ? null : command, Actor.Lifecycle, durable, cancellationToken);
        return LifecyclePlan.For(result.Case!, city, feedback.Value);
    }

    private async Task<CaseCommand> DecideAsync(Case withheld, CancellationToken cancellationToken)
    {
        // The vault and the case are written beside each other: a record that is not there yet is a failure like another.
        if (await vault.ReadAsync(withheld.Id, cancellationToken) is not { } record)
        {
            return new WithholdLonger();
        }

        var redacted = await redaction.RedactAsync([record.Title.Trim(), record.Text.Trim(), record.Address ?? ""], record.Name, cancellationToken);
        if (redacted is not [var title, var text, var address])
        {
            return new WithholdLonger();
        }

        var found = await insight.FindAsync($"{title}\n{text}".Trim(), address, cancellationToken);
        return new ShowRedacted(title, text, record.Address is null ? null : address) { Language = found.Language, NamedPlaces = found.Places };
    }
}
