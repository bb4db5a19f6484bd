using CityBrain.Cases;
using CityBrain.Feedback;
using FsCheck.Fluent;

namespace CityBrain.Tests.Feedback;

public sealed class FeedbackTokensTests : IAsyncLifetime
{
    private static readonly string Id = CaseKeys.CaseId("hotline", "1");
    private TestStore _store = null!;
    private FeedbackTokens _tokens = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await TestStore.OpenAsync();
        _tokens = new FeedbackTokens(TestVault.Of(_store.Tables));
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(99)]
    public void Read_OwnToken_IsCaseAndRound(int round) => Assert.Equal((Id, round), _tokens.Read(_tokens.Create(Id, round)));

    [Fact]
    public void Read_TokenWithAnyOneCharacterChanged_IsNothing()
    {
        var token = _tokens.Create(Id, 3);
        Laws.Holds(Gen.Choose(0, token.Length - 1).SelectMany(at => Gen.Elements("0aZ-_3".ToCharArray()).Select(to => (at, to))), t =>
        {
            var forged = token[..t.at] + t.to + token[(t.at + 1)..];
            Assert.Equal(forged == token, _tokens.Read(forged) is not null);
        });
    }

    [Fact]
    public void Read_TokenCutShortOrLonger_IsNothing()
    {
        var token = _tokens.Create(Id, 3);
        Assert.All(Enumerable.Range(0, token.Length), length => Assert.Null(_tokens.Read(token[..length])));
        Assert.Null(_tokens.Read(token + "A"));
        Assert.Null(_tokens.Read(new string('a', 100_000)));
    }

    [Fact]
    public void Read_SignatureOfAnotherRoundOrCase_IsNothing()
    {
        var (token, other) = (_tokens.Create(Id, 3), CaseKeys.CaseId("hotline", "2"));
        Assert.Null(_tokens.Read($"{Id}04{token[22..]}"));
        Assert.Null(_tokens.Read($"{other}03{token[22..]}"));
    }

    [Fact]
    public void Read_TokenOfAnotherCity_IsNothing() =>
        Assert.Null(_tokens.Read(new FeedbackTokens(TestVault.Of(_store.Tables, 2)).Create(Id, 1)));
}
