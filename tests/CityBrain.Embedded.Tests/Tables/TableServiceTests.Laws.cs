using Azure;
using Azure.Data.Tables;
using FsCheck;
using FsCheck.Fluent;

namespace CityBrain.Embedded.Tests.Tables;

/// <summary>Laws over random data: what is written comes back, and every sequence of operations does what a dictionary would.</summary>
public abstract partial class TableServiceTests
{
    private static readonly Gen<string> Texts = from characters in Gen.ArrayOf(Gen.OneOf(
        Gen.Elements("城", "市", "😀", "é", "'", "\"", "\\", "/", "\r\n", "\t", "{", "%20", " ", "\u2028"), Gen.Choose(32, 126).Select(code => ((char)code).ToString())))
                                                select string.Concat(characters);

    private static readonly Gen<object> Values = Gen.OneOf(
        Texts.Select(text => (object)text),
        ArbMap.Default.GeneratorFor<bool>().Select(flag => (object)flag),
        ArbMap.Default.GeneratorFor<int>().Select(number => (object)number),
        Gen.OneOf(ArbMap.Default.GeneratorFor<long>(), Gen.Elements(long.MinValue, long.MaxValue)).Select(number => (object)number),
        Gen.OneOf(ArbMap.Default.GeneratorFor<NormalFloat>().Select(number => number.Get), Gen.Elements(0, 3, -0.0, 1e300, double.Epsilon, double.MaxValue)).Select(number => (object)number),
        Gen.Choose(0, int.MaxValue).Select(seconds => (object)DateTimeOffset.UnixEpoch.AddSeconds(seconds).AddTicks(seconds % 10_000_000)),
        ArbMap.Default.GeneratorFor<Guid>().Select(guid => (object)guid),
        ArbMap.Default.GeneratorFor<byte[]>().Select(bytes => (object)bytes));

    private static readonly Gen<Dictionary<string, object>> Bags = from count in Gen.Choose(0, 12)
                                                                   from values in Gen.ListOf(Values, count)
                                                                   select values.Select((value, i) => (Name: $"P{i}_属性", value)).ToDictionary(pair => pair.Name, pair => pair.value);

    private static readonly Gen<Step> Steps =
        from kind in Gen.Elements(Enum.GetValues<TableTransactionActionType>())
        from partition in Gen.Elements("a", "b")
        from row in Gen.Elements("1", "2", "3")
        from property in Gen.Elements("X", "Y")
        from value in Gen.Choose(0, 9)
        from condition in Gen.Elements(Condition.Any, Condition.Any, Condition.Current, Condition.Stale)
        select new Step(kind, partition, row, property, value, condition);

    private static readonly Gen<Step[]> Transactions = from partition in Gen.Elements("a", "b")
                                                       from steps in Gen.ArrayOf(Steps, 3)
                                                       select steps.Select((step, i) => step with { Partition = partition, Row = $"{i + 1}" }).ToArray();

    private enum Condition
    {
        Any,
        Current,
        Stale,
    }

    /// <summary>Samples of each law.</summary>
    protected abstract int LawRuns { get; }

    [Fact]
    public async Task Law_AnyProperties_ComeBack()
    {
        var table = await NewTable();
        foreach (var (bag, i) in Bags.Sample(LawRuns).Select((bag, i) => (bag, i)))
        {
            await table.AddEntityAsync(new TableEntity(bag) { PartitionKey = "p", RowKey = $"{i}" }, Cancellation);
            var read = (await table.GetEntityAsync<TableEntity>("p", $"{i}", cancellationToken: Cancellation)).Value;
            Assert.Equal(bag.Count + 4, read.Count);
            Assert.All(bag, pair => Assert.Equal(pair.Value, read[pair.Key]));
        }
    }

    [Fact]
    public async Task Law_AnySequenceOfOperations_DoesWhatTheModelDoes()
    {
        foreach (var steps in Gen.ListOf(Gen.OneOf(Steps.Select(step => new[] { step }), Transactions), 30).Sample(LawRuns))
        {
            var table = await NewTable();
            var model = new TableModel();
            foreach (var step in steps)
            {
                Assert.Equal(model.Apply(step), await RunAsync(table, model, step));
            }

            var stored = await ToList(table.QueryAsync<TableEntity>(cancellationToken: Cancellation));
            Assert.Equal(model.Contents(), stored.Select(entity => $"{entity.PartitionKey}/{entity.RowKey} X={entity.GetInt32("X")} Y={entity.GetInt32("Y")}"));
        }
    }

    private static async Task<string> RunAsync(TableClient table, TableModel model, Step[] steps)
    {
        try
        {
            var actions = steps.Select(step => new TableTransactionAction(step.Kind, new TableEntity(step.Partition, step.Row) { [step.Property] = step.Value }, model.ETag(step))).ToList();
            var responses = steps.Length > 1 ? (await table.SubmitTransactionAsync(actions, Cancellation)).Value : [await RunAsync(table, actions[0])];
            if (responses is [{ Status: 404 }])
            {
                return "0 ResourceNotFound";
            }

            model.Written(steps, [.. responses.Select(response => response.Headers.ETag)]);
            return "done";
        }
        catch (RequestFailedException failure)
        {
            return $"{(failure as TableTransactionFailedException)?.FailedTransactionActionIndex ?? 0} {failure.ErrorCode}";
        }
    }

    private static Task<Response> RunAsync(TableClient table, TableTransactionAction action)
    {
        var entity = (TableEntity)action.Entity;
        return action.ActionType switch
        {
            TableTransactionActionType.Add => table.AddEntityAsync(entity, Cancellation),
            TableTransactionActionType.UpdateMerge => table.UpdateEntityAsync(entity, action.ETag, TableUpdateMode.Merge, Cancellation),
            TableTransactionActionType.UpdateReplace => table.UpdateEntityAsync(entity, action.ETag, TableUpdateMode.Replace, Cancellation),
            TableTransactionActionType.Delete => table.DeleteEntityAsync(entity, action.ETag, Cancellation),
            TableTransactionActionType.UpsertMerge => table.UpsertEntityAsync(entity, TableUpdateMode.Merge, Cancellation),
            _ => table.UpsertEntityAsync(entity, TableUpdateMode.Replace, Cancellation),
        };
    }

    private sealed record Step(TableTransactionActionType Kind, string Partition, string Row, string Property, int Value, Condition Condition);

    /// <summary>What the service should do, as a dictionary with versions.</summary>
    private sealed class TableModel
    {
        private static readonly ETag Stale = new("W/\"datetime'2001-01-01T00%3A00%3A00.0000000Z'\"");

        private readonly SortedDictionary<string, SortedDictionary<string, int>> _entities = new(StringComparer.Ordinal);
        private readonly Dictionary<string, ETag> _etags = [];

        public ETag ETag(Step step) => step.Condition switch
        {
            Condition.Current when _etags.TryGetValue(Key(step), out var etag) => etag,
            Condition.Stale => Stale,
            _ => Azure.ETag.All,
        };

        public string Apply(Step[] steps)
        {
            for (var i = 0; i < steps.Length; i++)
            {
                if (Refusal(steps[i]) is { } code)
                {
                    return $"{i} {code}";
                }
            }

            foreach (var step in steps)
            {
                var kept = step.Kind is TableTransactionActionType.UpdateMerge or TableTransactionActionType.UpsertMerge ? _entities.GetValueOrDefault(Key(step)) : null;
                _entities[Key(step)] = kept ?? [];
                _entities[Key(step)][step.Property] = step.Value;
                if (step.Kind == TableTransactionActionType.Delete)
                {
                    _entities.Remove(Key(step));
                }
            }

            return "done";
        }

        public void Written(Step[] steps, ETag?[] etags)
        {
            for (var i = 0; i < steps.Length; i++)
            {
                _etags.Remove(Key(steps[i]));
                if (etags[i] is { } etag)
                {
                    _etags[Key(steps[i])] = etag;
                }
            }
        }

        public IEnumerable<string> Contents() => _entities.Select(pair => $"{pair.Key} X={Value(pair.Value, "X")} Y={Value(pair.Value, "Y")}");

        private static string Key(Step step) => $"{step.Partition}/{step.Row}";

        private static int? Value(SortedDictionary<string, int> entity, string name) => entity.TryGetValue(name, out var value) ? value : null;

        private string? Refusal(Step step) => (step.Kind, _entities.ContainsKey(Key(step))) switch
        {
            (TableTransactionActionType.Add, true) => "EntityAlreadyExists",
            (TableTransactionActionType.Add or TableTransactionActionType.UpsertMerge or TableTransactionActionType.UpsertReplace, _) => null,
            (_, false) => "ResourceNotFound",
            _ => step.Condition == Condition.Stale ? "UpdateConditionNotSatisfied" : null,
        };
    }
}
