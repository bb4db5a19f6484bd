using CityBrain.Embedded.Tables.Entities;
using CityBrain.Embedded.Tables.Filters;
using CityBrain.Embedded.Tables.Sqlite;
using FsCheck;
using FsCheck.Fluent;

namespace CityBrain.Embedded.Tests.Tables;

/// <summary>The filter parser against an evaluator that is obvious: each random filter is made together with its meaning.</summary>
public sealed class FilterLaws
{
    private static readonly string[] Keys = ["", "a", "ab", "b", "it's", "城", "😀", "\uFFFF"];
    private static readonly (string Symbol, Func<int, bool> Holds)[] Operators =
        [("eq", order => order == 0), ("ne", order => order != 0), ("gt", order => order > 0), ("ge", order => order >= 0), ("lt", order => order < 0), ("le", order => order <= 0)];

    private static readonly Gen<EntityRecord> Entities =
        from partition in Gen.Elements(Keys)
        from row in Gen.Elements(Keys)
        from number in Gen.Choose(-2, 3)
        from flag in Gen.Elements<bool?>(true, false, null)
        select new EntityRecord(partition, row, DateTimeOffset.UnixEpoch.UtcTicks,
            [.. number == 3 ? [] : new[] { new EdmProperty("N", EdmValue.Of(number)) }, .. flag is { } value ? [new EdmProperty("Flag", EdmValue.Of(value))] : Array.Empty<EdmProperty>()]);

    private static readonly Gen<Meaning> Leaves = Gen.OneOf(
        from name in Gen.Elements("PartitionKey", "RowKey")
        from comparison in Gen.Elements(Operators)
        from key in Gen.Elements(Keys)
        select new Meaning($"{name} {comparison.Symbol} '{key.Replace("'", "''", StringComparison.Ordinal)}'", entity => comparison.Holds(string.CompareOrdinal(name == "RowKey" ? entity.RowKey : entity.PartitionKey, key))),
        from comparison in Gen.Elements(Operators)
        from number in Gen.Choose(-2, 2)
        select new Meaning($"N {comparison.Symbol} {number}", entity => Find(entity, "N") is { } stored && comparison.Holds(stored.AsInt32().CompareTo(number))),
        from number in Gen.Choose(-2, 2)
        select new Meaning($"{number} lt N", entity => Find(entity, "N") is { } stored && number < stored.AsInt32()),
        Gen.Constant(new Meaning("Flag", entity => Find(entity, "Flag")?.AsBoolean() == true)),
        Gen.Elements(new Meaning("true", _ => true), new Meaning("false", _ => false)));

    private static readonly Gen<Meaning> Filters = Gen.Sized(size => Filter(Math.Min(size, 20)));

    [Fact]
    public void Parse_AnyFilter_MeansWhatItSays() =>
        Prop.ForAll(Filters.ToArbitrary(), Gen.ArrayOf(Entities, 20).ToArbitrary(), (meaning, entities) =>
        {
            var filter = CityBrain.Embedded.Tables.Filters.Filter.Parse(meaning.Text);
            return entities.All(entity => filter.Matches(entity) == meaning.Holds(entity));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Range_AnyFilter_HoldsEveryMatch() =>
        Prop.ForAll(Filters.ToArbitrary(), Gen.ArrayOf(Entities, 20).ToArbitrary(), (meaning, entities) =>
        {
            var range = CityBrain.Embedded.Tables.Filters.Filter.Parse(meaning.Text).Range;
            return entities.All(entity => !meaning.Holds(entity) || (Holds(range.Partition, entity.PartitionKey) && Holds(range.Row, entity.RowKey)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void KeyBytes_AnyTwoStrings_KeepTheOrdinalOrderAndComeBack() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string[]>(), texts =>
        {
            var keys = texts.Where(text => text is not null).Concat(Keys).ToList();
            return keys.All(key => KeyBytes.Decode(KeyBytes.Encode(key)) == key)
                && keys.All(left => keys.All(right => Math.Sign(string.CompareOrdinal(left, right)) == Math.Sign(KeyBytes.Encode(left).AsSpan().SequenceCompareTo(KeyBytes.Encode(right)))));
        }).QuickCheckThrowOnFailure();

    private static Gen<Meaning> Filter(int size) => size == 0 ? Leaves : Gen.OneOf(
        Leaves,
        from left in Filter(size / 2) from right in Filter(size / 2) select new Meaning($"({left.Text} and {right.Text})", entity => left.Holds(entity) && right.Holds(entity)),
        from left in Filter(size / 2) from right in Filter(size / 2) select new Meaning($"({left.Text} or {right.Text})", entity => left.Holds(entity) || right.Holds(entity)),
        from a in Leaves from b in Leaves from c in Leaves select new Meaning($"({a.Text} or {b.Text} and {c.Text})", entity => a.Holds(entity) || (b.Holds(entity) && c.Holds(entity))),
        from inner in Filter(size / 2) select new Meaning($"not ({inner.Text})", entity => !inner.Holds(entity)));

    private static EdmValue? Find(EntityRecord entity, string name) => entity.Properties.Exists(property => property.Name == name) ? entity.Properties.Find(property => property.Name == name).Value : null;

    private static bool Holds(Bounds bounds, string key)
    {
        var lower = string.CompareOrdinal(key, bounds.Lower);
        var upper = bounds.Upper is null ? -1 : string.CompareOrdinal(key, bounds.Upper);
        return (lower > 0 || (lower == 0 && bounds.LowerInclusive)) && (upper < 0 || (upper == 0 && bounds.UpperInclusive));
    }

    private sealed record Meaning(string Text, Func<EntityRecord, bool> Holds)
    {
        public override string ToString() => Text;
    }
}
