using CityBrain.City;
using FsCheck;
using FsCheck.Fluent;

namespace CityBrain.Tests.City;

public sealed class ItemOrderTests
{
    [Fact]
    public void Faults_AnyItems_AreNoneExactlyWhenAllCanBeWorkedThrough()
    {
        var lists = from count in Gen.Choose(2, 6)
                    from edges in (from one in Gen.Choose(0, count - 1) from other in Gen.Choose(0, count - 1) select (one, other)).ListOf(4)
                    select Enumerable.Range(0, count).Select(i => (Key: "k" + i, After: (IReadOnlyList<string>)[.. edges.Where(edge => edge.one == i).Select(edge => "k" + edge.other)])).ToList();
        Laws.Holds(lists, items => Assert.Equal(CanBeWorkedThrough(items), ItemOrder.Faults(items).Count == 0));
    }

    [Theory]
    [InlineData("Key")]
    [InlineData("")]
    [InlineData("a-key-that-is-too-long-by-far")]
    public void Faults_KeyThatIsNone_AreSaid(string key) => Assert.Contains("cannot be a key", Assert.Single(ItemOrder.Faults([(key, []), ("other", [])])), StringComparison.Ordinal);

    [Theory]
    [InlineData(1)]
    [InlineData(11)]
    public void Faults_TooFewOrTooMany_AreSaid(int count) =>
        Assert.Contains("give 2 to 10", Assert.Single(ItemOrder.Faults([.. Enumerable.Range(0, count).Select(i => ("k" + i, (IReadOnlyList<string>)[]))])), StringComparison.Ordinal);

    /// <summary>The obvious way: try every order.</summary>
    private static bool CanBeWorkedThrough(List<(string Key, IReadOnlyList<string> After)> items)
    {
        bool From(HashSet<string> done) => done.Count == items.Count
            || items.Where(item => !done.Contains(item.Key) && item.After.All(done.Contains)).Any(item => From([.. done, item.Key]));
        return From([]);
    }
}
