using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Language;
using CityBrain.Sharing;
using Microsoft.DurableTask.Client;

namespace CityBrain.Intake;

/// <summary>
/// Accepts an appeal: personal data into the vault, the rest into a case. The same appeal again gives the same case. Where a service redacts,
/// the wording is withheld until the lifecycle has asked it: intake waits for nobody. A risk to life is read from the wording before that.
/// </summary>
public sealed class AppealDesk(CaseStore cases, ReporterVault vault, TextRedaction redaction, IntakePressure pressure, CityModel city, TimeProvider clock)
{
    /// <summary>The case of the appeal, or its faults.</summary>
    public async Task<AppealOutcome> AcceptAsync(AppealRequest? appeal, Caller caller, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        if (appeal is null)
        {
            return new AppealOutcome(null, false, ["Give an appeal as a JSON object."]);
        }

        var now = clock.GetUtcNow();
        var faults = AppealRules.Check(appeal, now);
        if (faults.Count > 0)
        {
            return new AppealOutcome(null, false, faults);
        }

        using var acceptance = pressure.Begin();
        var draft = DraftOf(appeal, now);
        var sealing = HasPersonalData(appeal, draft) ? vault.StoreAsync(draft.Id, RecordOf(appeal), cancellationToken) : Task.CompletedTask;
        var filing = cases.FileAsync(draft, caller.Actor, durable, cancellationToken);
        await Task.WhenAll(sealing, filing);
        var (filed, created) = await filing;
        return new AppealOutcome(filed, created, []);
    }

    private Case DraftOf(AppealRequest appeal, DateTimeOffset now)
    {
        string Redacted(string text) => Redactor.Redact(text, appeal.Reporter?.Name);

        var draft = new Case
        {
            Id = CaseKeys.CaseId(appeal.Channel!, appeal.SourceId!),
            Origin = new CaseOrigin(OriginKind.Appeal, appeal.Channel!, Redacted(appeal.SourceId!), vault.PseudonymOf(appeal.Reporter?.Phone, appeal.Reporter?.Email)),
            Title = Redacted(appeal.Title?.Trim() ?? ""),
            Text = Redacted(appeal.Text!.Trim()),
            Language = TextLanguage.Of($"{appeal.Title} {appeal.Text}"),
            OccurredAt = appeal.OccurredAt ?? now,
            Point = appeal.Location is { Lat: { } lat, Lon: { } lon } ? new GeoPoint(lat, lon) : null,
            Address = appeal.Location?.Address is { } address ? Redacted(address) : null,
            Attachments = appeal.Attachments ?? [],
            Risk = city.LifeRisk.Find($"{appeal.Title}\n{appeal.Text}"),
        };
        return redaction.AsksService || new[] { draft.Title, draft.Text, draft.Address }.Contains(Redactor.Withheld) ? Withheld(draft, now) : draft;
    }

    private static Case Withheld(Case draft, DateTimeOffset now) => draft with
    {
        Title = draft.Title.Length == 0 ? "" : Redactor.Withheld,
        Text = Redactor.Withheld,
        Address = draft.Address is null ? null : Redactor.Withheld,
        Redaction = new RedactionDue(0, now),
    };

    private static bool HasPersonalData(AppealRequest appeal, Case draft) =>
        appeal.Reporter is { Name: not null } or { Phone: not null } or { Email: not null }
        || draft.Text != appeal.Text!.Trim()
        || draft.Title != (appeal.Title?.Trim() ?? "")
        || draft.Address != appeal.Location?.Address;

    private static ReporterRecord RecordOf(AppealRequest appeal) => new(
        appeal.Reporter?.Name,
        appeal.Reporter?.Phone,
        appeal.Reporter?.Email,
        appeal.Location?.Address,
        appeal.Title ?? "",
        appeal.Text!);
}

/// <summary>What came of an appeal: a case, or faults.</summary>
public sealed record AppealOutcome(Case? Case, bool Created, IReadOnlyList<string> Faults)
{
    /// <summary>The answer for the channel.</summary>
    public AppealResponse Response => new(Case!.Id, Case.State, new Dictionary<string, string> { ["case"] = $"/api/cases/{Case.Id}", ["history"] = $"/api/cases/{Case.Id}/history" });
}
