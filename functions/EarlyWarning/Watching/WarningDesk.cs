using CityBrain.Cases;
using CityBrain.City;
using CityBrain.EarlyWarning.Warnings;
using CityBrain.Feedback;
using CityBrain.Intake;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;

namespace CityBrain.EarlyWarning.Watching;

/// <summary>
/// Carries out what a warning asks for: the case that it opens, the note on it when the trouble comes back, the card. What is published last says that all
/// of it was done, so a crash in between repeats it, and to repeat it changes nothing. For one writer.
/// </summary>
public sealed class WarningDesk(WarningStore store, CaseStore cases, SensorDesk sensors, IWarningNotices notices, CityModel city, IOptions<EarlyWarningOptions> options, WatchGround ground)
{
    private static readonly Actor Warner = new("early-warning", ActorKind.Device);

    /// <summary>Publishes a warning as it is now.</summary>
    public async Task PublishAsync(Warning warning, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        var before = await store.FindSeenAsync(warning.Id, cancellationToken);
        if (before is not null && CityJson.Write(before.Warning) == CityJson.Write(warning))
        {
            return;
        }

        // What was told before is never taken back, also when entries are taken again after a crash.
        if (before is not null && before.Warning.Revision > warning.Revision)
        {
            return;
        }

        var caseId = before?.CaseId ?? (warning.Highest >= options.Value.Warnings.CaseFrom ? await OpenAsync(warning, durable, cancellationToken) : null);
        if (caseId is not null && before is not null && HasNewSign(before.Warning, warning))
        {
            await cases.DecideAsync(caseId, current => Recurs(current, warning.Last), Warner, durable, cancellationToken);
        }

        if (before is null || warning.Revision > before.Warning.Revision)
        {
            await notices.TellAsync(warning, caseId, cancellationToken);
        }

        await store.PublishAsync(new(warning, caseId), cancellationToken);
    }

    private async Task<string> OpenAsync(Warning warning, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        foreach (var sign in warning.Signs.Where(sign => sign.Kind is SignKind.Sensor))
        {
            if (await sensors.OpenCaseAsync(sign.Subject, cancellationToken) is { } tripped)
            {
                return tripped;
            }
        }

        var (filed, _) = await cases.FileAsync(WarningCase.DraftOf(warning, city, ground.PointOf), Warner, durable, cancellationToken);
        return filed.Id;
    }

    private static bool HasNewSign(Warning before, Warning now) => now.Last > before.Last && now.Signs.Any(sign => sign.End is null);

    /// <summary>A sign after the reply says that the trouble is there again; before it, the department knows.</summary>
    private static NoteRecurred? Recurs(Case current, DateTimeOffset at) =>
        current.State is CaseState.Verified && at > current.Reply?.At && !(current.RecurredAt >= at) ? new NoteRecurred(at) : null;
}
