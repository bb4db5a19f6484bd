using System.Globalization;
using Azure.Data.Tables;
using CityBrain.Cases;
using CityBrain.Language;

namespace CityBrain.Triage;

/// <summary>The trained models in storage: the newest is asked, the older ones stay for comparison. A model is cut into rows that a table can hold.</summary>
public sealed class CategoryModels
{
    private const string Newest = "newest";
    private const string Data = "Data";
    private const int Folds = 5;

    /// <summary>Bytes of a binary property, at most 64 KiB, and properties of a row, together below 1 MiB.</summary>
    private const int PropertySize = 60 * 1024;
    private const int PropertiesOfARow = 15;

    private static readonly ClassifierTrainingOptions Options = new(MinTexts: 1);

    private readonly CityTables _tables;
    private readonly Recent<string?> _version;
    private ICategoryModel? _loaded;

    /// <param name="tables">Where they are kept.</param>
    public CategoryModels(CityTables tables)
    {
        _tables = tables;
        _version = new(TimeSpan.FromSeconds(30), async () =>
            (await _tables.Models.GetEntityIfExistsAsync<TableEntity>(Newest, Newest)) is { HasValue: true, Value: { } row } ? row.GetString("Version") : null);
    }

    /// <summary>The newest model, at most half a minute late; null before the first training.</summary>
    public async Task<ICategoryModel?> CurrentAsync(CancellationToken cancellationToken)
    {
        if (await _version.ReadAsync(cancellationToken) is not { } version)
        {
            return null;
        }

        if (_loaded is { } loaded && loaded.Version == version)
        {
            return loaded;
        }

        return _loaded = new TrainedModel(await LoadAsync(version, cancellationToken));
    }

    /// <summary>The card of the newest model; null before the first training.</summary>
    public async Task<string?> CardAsync(CancellationToken cancellationToken) =>
        (await _tables.Models.GetEntityIfExistsAsync<TableEntity>(Newest, Newest, cancellationToken: cancellationToken)) is { HasValue: true, Value: { } row } ? row.GetString("Card") : null;

    /// <summary>Trains on labelled texts, measures by cross-validation, stores the model and makes it the newest; returns its card. The same texts give the same model.</summary>
    public async Task<string> TrainAsync(IReadOnlyList<LabelledText> texts, DateOnly today, CancellationToken cancellationToken)
    {
        var scores = ClassifierScores.Of(CrossValidation.Answers(texts, Folds, options: Options));
        var model = ClassifierTraining.Train(texts, Options);
        var card = ModelCard.Write(model, scores, Folds, today);
        using var file = new MemoryStream();
        ClassifierFile.Save(model, file);
        var rows = file.ToArray().Chunk(PropertySize).Chunk(PropertiesOfARow).Select((parts, i) => RowOf(model.Version, i, parts));
        foreach (var row in rows)
        {
            await _tables.Models.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken);
        }

        // The pointer last: whoever reads it finds the whole model.
        await _tables.Models.UpsertEntityAsync(new TableEntity(Newest, Newest) { ["Version"] = model.Version, ["Card"] = card }, TableUpdateMode.Replace, cancellationToken);
        return card;
    }

    private static TableEntity RowOf(string version, int number, byte[][] parts)
    {
        var row = new TableEntity("model|" + version, number.ToString("D4", CultureInfo.InvariantCulture));
        for (var i = 0; i < parts.Length; i++)
        {
            row[Data + i.ToString(CultureInfo.InvariantCulture)] = parts[i];
        }

        return row;
    }

    private async Task<LinearClassifier> LoadAsync(string version, CancellationToken cancellationToken)
    {
        using var file = new MemoryStream();
        await foreach (var row in _tables.Models.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {"model|" + version}"), cancellationToken: cancellationToken))
        {
            for (var i = 0; row.GetBinary(Data + i.ToString(CultureInfo.InvariantCulture)) is { } part; i++)
            {
                file.Write(part);
            }
        }

        file.Position = 0;
        return ClassifierFile.Load(file);
    }
}
