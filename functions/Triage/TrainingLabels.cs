using Azure.Data.Tables;
using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Language;
using Microsoft.DurableTask.Client;

namespace CityBrain.Triage;

/// <summary>What people decided, kept to train on: the redacted words of a case and the category that a person confirmed. A later decision replaces the earlier.</summary>
public sealed class TrainingLabels(CityTables tables, CaseStore cases, CityModel city) : IOutboxHandler
{
    /// <inheritdoc/>
    public async Task HandleAsync(OutboxEntry entry, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        if (entry.Step is not { Action: CaseAction.ConfirmTriage or CaseAction.Reclassify, ActorKind: ActorKind.Staff }
            || await cases.FindAsync(entry.After.CaseId, cancellationToken) is not { Triage: { } triage, Origin.Kind: OriginKind.Appeal } current)
        {
            return;
        }

        var row = new TableEntity(CaseKeys.Partition(current.Id), current.Id);
        await tables.TrainingLabels.UpsertEntityAsync(StoredJson.Write(row, new LabelledText(current.Title, current.Text, triage.CategoryCode)), TableUpdateMode.Replace, cancellationToken);
    }

    /// <summary>Everything to train on: the decisions of people, and for each item of the catalogue its own words.</summary>
    public async Task<IReadOnlyList<LabelledText>> ReadAsync(CancellationToken cancellationToken)
    {
        var decided = await tables.TrainingLabels.QueryAsync<TableEntity>(cancellationToken: cancellationToken).Select(StoredJson.Read<LabelledText>).ToListAsync(cancellationToken);
        return [.. decided.Where(text => city.Catalogue.Find(text.Label!) is not null), .. city.Catalogue.All.Where(item => item.Code != Catalogue.OtherCode).SelectMany(WordsOf)];
    }

    private static IEnumerable<LabelledText> WordsOf(CatalogueItem item) =>
        item.Keywords.Append(item.Name.En).Append(item.Name.Zh).Select(word => new LabelledText(word.TrimEnd('*'), word.TrimEnd('*'), item.Code));
}
