using System.Text.Json;
using CityBrain.Cases;
using CityBrain.Rehearsal.Plan;
using CityBrain.Rehearsal.Play;
using CityBrain.Rehearsal.Sample;

namespace CityBrain.Tests.Rehearsal;

public sealed class NextMoveTests
{
    private static readonly DateTimeOffset Filed = new(2025, 8, 18, 9, 0, 0, TimeSpan.FromHours(8));
    private static readonly Temper Plain = new(0.1, 0.3, 0, 0, false, Answering.Solved, TimeSpan.FromHours(5), TimeSpan.FromHours(8), true, true, null);
    private static readonly NextMove Next = new(id => id is "hpd" or "dot", answerDays: 14);

    [Theory]
    [InlineData(CaseState.TriageReview, "ConfirmTriage")]
    [InlineData(CaseState.ReleaseReview, "Release")]
    [InlineData(CaseState.Dispatched, "Accept")]
    [InlineData(CaseState.Arbitration, "Arbitrate")]
    [InlineData(CaseState.Accepted, "Arrive")]
    [InlineData(CaseState.Handling, "Reply")]
    [InlineData(CaseState.Replied, "Look")]
    [InlineData(CaseState.Filed, null)]
    [InlineData(CaseState.Triaged, null)]
    [InlineData(CaseState.Returned, null)]
    [InlineData(CaseState.Reopened, null)]
    [InlineData(CaseState.Closed, null)]
    public void Of_EachState_IsTheMoveOfThoseWhoHaveIt(CaseState state, string? expected) =>
        Assert.Equal(expected, Next.Of(Seen(state), Planned(Plain), Filed, [])?.Kind.ToString());

    [Fact]
    public void Of_Handling_RepliesWhenTheRealDepartmentDid() =>
        Assert.Equal(Filed.AddHours(20), Next.Of(Seen(CaseState.Handling), Planned(Plain), Filed, [])!.At);

    [Fact]
    public void Of_HandlingOfARowThatNeverClosed_IsNothing() =>
        Assert.Null(Next.Of(Seen(CaseState.Handling), Planned(Plain) with { ReplyAt = null }, Filed, []));

    [Fact]
    public void Of_HandlingAfterARefusedReply_RepliesMoreFullyAtOnce()
    {
        var move = Next.Of(Seen(CaseState.Handling) with { Reply = new ReplySeen("See notes.", Filed.AddHours(20)) }, Planned(Plain), Filed.AddHours(21), [])!;

        Assert.Equal((MoveKind.Reply, Filed.AddHours(21)), (move.Kind, move.At));
        Assert.StartsWith("See notes. The matter", Body(move, "text"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("See notes.", false)]
    [InlineData("See notes. The matter was handled by Housing and is closed on its side; it published no more.", true)]
    public void Of_ReplyHeldByTheGate_DutyOfficerSendsBackWhatNamesNoDeedOnce(string reply, bool passes)
    {
        var seen = Seen(CaseState.Replied) with
        {
            Reply = new ReplySeen(reply, Filed.AddHours(20)),
            ReplyReview = new ReviewSeen(new FindingSeen(ReplyOutcome.Review, [ReplyFault.NoDeed]), Filed.AddDays(1), null),
        };
        var move = Next.Of(seen, Planned(Plain), Filed.AddHours(21), [])!;

        Assert.Equal((MoveKind.ReviewReply, Filed.AddHours(22), true), (move.Kind, move.At, move.IsDuty));
        Assert.Equal(passes, JsonSerializer.SerializeToElement(move.Body).GetProperty("passes").GetBoolean());
        Assert.Equal(MoveKind.Look, Next.Of(seen with { ReplyReview = seen.ReplyReview with { DecidedAt = Filed } }, Planned(Plain), Filed.AddHours(21), [])!.Kind);
    }

    [Fact]
    public void Of_DispatchedOfAReturner_ProposesTheRealAgencyOnceAndThenAccepts()
    {
        var plan = Planned(Plain with { Returns = 1 });
        var first = Next.Of(Seen(CaseState.Dispatched), plan, Filed, [])!;

        Assert.Equal((MoveKind.Return, "hpd"), (first.Kind, Body(first, "proposedOwner")));
        Assert.Equal(MoveKind.Accept, Next.Of(Seen(CaseState.Dispatched, round: 2) with { Returns = 1 }, plan, Filed, [])!.Kind);
        Assert.Equal(MoveKind.Accept, Next.Of(Seen(CaseState.Dispatched), plan, Filed, [MoveKind.Return])!.Kind);
    }

    [Fact]
    public void Of_HandlingOfAPauser_SuspendsInTimeAndResumesBeforeTheReply()
    {
        var plan = Planned(Plain with { Pause = 0.3 });
        var pause = Next.Of(Seen(CaseState.Handling), plan, Filed.AddHours(7), [])!;
        var resume = Next.Of(Seen(CaseState.Suspended), plan, pause.At, [])!;

        Assert.Equal((MoveKind.Suspend, MoveKind.Resume), (pause.Kind, resume.Kind));
        Assert.InRange(pause.At, Filed.AddHours(6), Filed.AddHours(14));
        Assert.Equal(TimeSpan.FromHours(6), resume.At - pause.At);
        Assert.Equal(MoveKind.Reply, Next.Of(Seen(CaseState.Handling), plan, resume.At, [])!.Kind);
    }

    [Theory]
    [InlineData("Solved", 0, true)]
    [InlineData("Unsolved", 0, false)]
    [InlineData("Unsolved", 1, true)]
    public void Of_Verified_AnswersAsTheReporterIs(string answering, int reopens, bool solved)
    {
        var seen = Seen(CaseState.Verified) with { Reply = new ReplySeen("Done as asked for.", Filed.AddHours(20)), Reopens = reopens };
        var move = Next.Of(seen, Planned(Plain with { Answers = Enum.Parse<Answering>(answering) }), Filed.AddHours(21), [])!;

        Assert.Equal((MoveKind.Answer, Filed.AddHours(25)), (move.Kind, move.At));
        Assert.Equal(solved, JsonSerializer.SerializeToElement(move.Body).GetProperty("solved").GetBoolean());
    }

    [Fact]
    public void Of_VerifiedWithoutAnAnswer_IsLookedAtWhenTheLinkHasExpired()
    {
        var seen = Seen(CaseState.Verified) with { Reply = new ReplySeen("Done as asked for.", Filed.AddHours(20)) };
        var move = Next.Of(seen, Planned(Plain with { Answers = Answering.Never }), Filed.AddHours(21), [])!;

        Assert.Equal(MoveKind.Look, move.Kind);
        Assert.True(move.At > Filed.AddHours(20).AddDays(14));
    }

    private static string? Body(Move move, string name) => JsonSerializer.SerializeToElement(move.Body).GetProperty(name).GetString();

    private static PlannedAppeal Planned(Temper temper)
    {
        var row = new ServiceRequest("1", new DateTime(2018, 6, 25, 9, 0, 0), new DateTime(2018, 6, 26, 5, 0, 0), "HPD", "Housing", "HEAT/HOT WATER", "", "", "", null, "PHONE", "See notes.");
        return new PlannedAppeal(row, SampleAppeal.Of(row, Filed), Filed, false, Filed.AddHours(20), "hpd", temper);
    }

    private static CaseSeen Seen(CaseState state, int round = 1) => new(
        "0123456789abcdefghjk", 3, state, new OriginSeen(OriginKind.Appeal, "hotline", "1"), Filed, Filed,
        new AssignmentSeen("dot", round, new ClocksSeen(Filed, Filed.AddDays(3))), null, null, 0, 0, null, null, new Dictionary<string, string>());
}
