using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Dispatch;
using CityBrain.Feedback;
using CityBrain.Lifecycle;
using CityBrain.Triage;

namespace CityBrain.Tests.Dispatch;

/// <summary>When category or place is corrected after the dispatch, the rules are asked again.</summary>
public sealed class CorrectionTests
{
    private static readonly Case Noise = SmallTown.Draft(text: "noise")
        .After(new CompleteTriage(Lives.Rubbish with { CategoryCode = "noise", LeadDepartment = "street-office-s-west" })).After(new DispatchTo("street-office-s-west"));

    private static readonly Relocate East = new(0.05, 0.15, null, null, "it is in the east");

    [Theory]
    [Trait("behaviour", "Triage: a corrected category or place asks the rules again, in their order")]
    [InlineData(CaseState.Dispatched)]
    [InlineData(CaseState.Accepted)]
    [InlineData(CaseState.Handling)]
    [InlineData(CaseState.Suspended)]
    public void Reclassify_ToAMatterOfAnotherDepartment_SendsTheCaseThere(CaseState state)
    {
        var before = Lives.In(state);
        var command = new Reclassify("water", "it is the drain");
        var corrected = before.After(command);
        Assert.Equal((state, "sanitation"), (corrected.State, corrected.Assignment!.Department));
        Assert.Equal("rubbish becomes water: it is the drain; to waterworks", command.SummaryOf(before, corrected));
        Assert.Equal(LifecycleStep.Dispatch, LifecyclePlan.For(corrected, SmallTown.City, new FeedbackOptions()).Now);

        var sent = corrected.After(RouteFinder.Decide(corrected, SmallTown.City, SmallTown.Morning)!);
        Assert.Equal((CaseState.Dispatched, "waterworks", 2), (sent.State, sent.Assignment!.Department, sent.Assignment.Round));
        Assert.Null(sent.Dispatch!.Reroute);
        Assert.Null(RouteFinder.Decide(sent, SmallTown.City, SmallTown.Morning));
    }

    [Fact]
    public void Reclassify_DepartmentIsToStayOrIsBound_Stays()
    {
        Assert.Null(Lives.In(CaseState.Handling).After(new Reclassify("water", "theirs all the same", KeepDepartment: true)).Dispatch?.Reroute);
        var bound = Lives.In(CaseState.Arbitration).After(new Arbitrate("parks", "rule 5"));
        Assert.Null(bound.After(new Reclassify("water", "drain")).Dispatch!.Reroute);
    }

    [Fact]
    public void Reclassify_ThereAndBackAtOnce_Stays() =>
        Assert.Null(Lives.In(CaseState.Handling).After(new Reclassify("water", "drain")).After(new Reclassify("rubbish", "no, rubbish")).Dispatch!.Reroute);

    [Fact]
    [Trait("behaviour", "Triage: a corrected category or place asks the rules again, in their order")]
    public void Relocate_IntoTheAreaOfAnotherOffice_SendsTheCaseThere()
    {
        var corrected = Noise.After(East);
        Assert.Equal(("g-east-1", "s-east", new GeoPoint(0.05, 0.15)), (corrected.Triage!.AreaId, corrected.Triage.StreetId, corrected.Point));
        Assert.Equal("g-west-1 becomes g-east-1: it is in the east; to street-office-s-east", East.SummaryOf(Noise, corrected));
        Assert.Equal(new DispatchTo("street-office-s-east"), RouteFinder.Decide(corrected, SmallTown.City, SmallTown.Morning));
    }

    [Fact]
    public void Relocate_Anywhere_ForgetsThePlacesThatAServiceNamed() =>
        Assert.Null((Noise with { NamedPlaces = ["West Market"] }).After(East).NamedPlaces);

    [Fact]
    public void Relocate_WhereTheSameDepartmentLeads_OnlyMoves()
    {
        var corrected = Lives.In(CaseState.Handling).After(East);
        Assert.Equal(("g-east-1", CaseState.Handling, null), (corrected.Triage!.AreaId, corrected.State, corrected.Dispatch?.Reroute));
    }

    [Fact]
    [Trait("behaviour", "Triage: a corrected category or place asks the rules again, in their order")]
    public void Relocate_OntoAnAsset_GoesToItsOwnerByTheFirstRuleThatHolds()
    {
        var bridge = new Asset("bridge", "bridge", SmallTown.Name("Bridge"), "parks", 0.05, 0.15, 100);
        var city = SmallTown.With(routing: new RoutingRules([new("owner", null) { AssetKinds = ["bridge"] }, new("east", "waterworks") { Areas = ["s-east"] }], [bridge]));
        Case Moved(Relocate command) => Assert.IsType<ChangeResult.Changed>(CaseChange.Decide(Noise, command, new ChangeContext(SmallTown.Morning, SmallTown.Duty, city))).After;
        Assert.Equal(new Reroute("parks", "owner"), Moved(East).Dispatch!.Reroute);
        Assert.Equal(new Reroute("waterworks", "east"), Moved(East with { Lat = 0.06 }).Dispatch!.Reroute);
    }

    [Fact]
    [Trait("behaviour", "Triage: near a boundary of two offices a person is asked")]
    public void Relocate_NearABoundaryOfTwoOffices_NeedsTheArea()
    {
        var close = East with { Lon = 0.10001 };
        Assert.Contains("boundary between s-", Noise.RefusalOf(close), StringComparison.Ordinal);
        Assert.Equal("g-west-1", Noise.After(close with { AreaId = "g-west-1" }).Triage!.AreaId);
    }

    [Fact]
    public void Relocate_BeforeAPersonConfirms_IsWhatThePersonConfirms()
    {
        var corrected = Lives.In(CaseState.TriageReview).After(East);
        Assert.Equal(CaseState.TriageReview, corrected.State);
        Assert.Equal("street-office-s-east", corrected.After(new ConfirmTriage("noise")).Triage!.LeadDepartment);
    }

    [Theory]
    [InlineData(null, null, null, "why", "lat and lon")]
    [InlineData(0.05, null, "g-east-1", "why", "lat and lon")]
    [InlineData(91.0, 0.0, null, "why", "-90")]
    [InlineData(5.0, 5.0, null, "why", "outside the city")]
    [InlineData(null, null, "nowhere", "why", "'nowhere'")]
    [InlineData(0.05, 0.15, null, " ", "reason")]
    public void Relocate_BadArgument_SaysWhich(double? lat, double? lon, string? area, string reason, string expected) =>
        Assert.Contains(expected, Noise.RefusalOf(new Relocate(lat, lon, null, area, reason)), StringComparison.Ordinal);

    [Fact]
    public void Relocate_PersonalDataInTheAddress_IsRedacted() =>
        Assert.Equal("call [phone]", Noise.After(East with { Address = "call 13812345678" }).Address);

    [Fact]
    public void Correction_WouldLeaveTheList_IsRefused()
    {
        var worker = SmallTown.Draft(text: "doorway").After(new CompleteTriage(Lives.Rubbish with { CategoryCode = "doorway" })).After(new DispatchTo("grid-crew-g-west-1"));
        Assert.Contains("list", worker.RefusalOf(new Reclassify("rubbish", "why", KeepDepartment: true)), StringComparison.Ordinal);
        Assert.Equal("sanitation", worker.After(new Reclassify("rubbish", "why")).Dispatch!.Reroute!.Department);
    }

    [Fact]
    public void DispatchTo_WhereADepartmentHasTheCase_NeedsACorrection() =>
        Assert.NotEmpty(Lives.In(CaseState.Handling).RefusalOf(new DispatchTo("parks")));

    [Fact]
    public async Task DispatchCase_AfterACorrection_SendsItOnceHoweverOftenItIsTaken()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var store = await TestStore.OpenAsync();
        var steps = new CaseSteps(
            store.Cases, new TriageDesk(new OpenMatters(store.Tables, store.Cases), new CategoryModels(store.Tables), SmallTown.City), store.Placing, store.Words, SmallTown.City,
            Microsoft.Extensions.Options.Options.Create(new FeedbackOptions()), store.Clock);
        var (filed, _) = await store.Cases.FileAsync(SmallTown.Draft(), SmallTown.Duty, store.Durable.Client, stop);
        foreach (var command in Lives.To(CaseState.Handling).Append(new Reclassify("doorway", "it is inside")))
        {
            Assert.IsType<ChangeResult.Changed>(await store.Cases.ChangeAsync(filed.Id, command, SmallTown.Duty, store.Durable.Client, cancellationToken: stop));
        }

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(LifecycleStep.Wait, (await steps.DispatchCase(filed.Id, store.Durable.Client, stop)).Now);
        }

        var sent = (await store.Cases.FindAsync(filed.Id, stop))!;
        Assert.Equal((CaseState.Dispatched, "grid-crew-g-west-1", 2), (sent.State, sent.Assignment!.Department, sent.Assignment.Round));
    }
}
