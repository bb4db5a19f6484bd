using Azure.Data.Tables;
using CityBrain.Cases;
using CityBrain.EarlyWarning.Watching;
using CityBrain.Feedback;
using CityBrain.Intake;
using CityBrain.Language;
using CityBrain.Lifecycle;
using CityBrain.Sharing;
using CityBrain.Triage;
using Microsoft.Extensions.Options;

namespace CityBrain.Tests.Lifecycle;

/// <summary>Where a service redacts, an appeal is accepted with its wording withheld, and shown once it is redacted.</summary>
public sealed class RedactCaseTests
{
    private const string Address = "Wendell Quist, 13812345678";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("behaviour", "Intake: it is acknowledged before any language service is asked")]
    public async Task Run_ServiceAnswers_ShowsTheRedactedWordingBeforeTriage()
    {
        await using var server = await LanguageServer.StartAsync();
        await using var store = await TestStore.OpenAsync();
        var (id, step, _) = await FiledAsync(store, Redactions.Asking(server.Address));
        Assert.Empty(server.Requests);

        var plan = await step.RunAsync(id, store.Durable.Client, Stop);
        var shown = (await store.Cases.FindAsync(id, Stop))!;
        Assert.Equal(("[name] sees rubbish", "[name], [phone]", null), (shown.Text, shown.Address, shown.Redaction));
        Assert.Equal((LifecycleStep.Triage, "en"), (plan.Now, shown.Language));
        Assert.Equal(2, (await step.RunAsync(id, store.Durable.Client, Stop)).Version);
    }

    [Fact]
    [Trait("behaviour", "Intake: while the language service is down a case waits and then goes to a person, never lost")]
    public async Task Run_ServiceIsDown_StaysWithheldThenAPersonLooksAndItIsTriedOn()
    {
        await using var server = await LanguageServer.StartAsync();
        await using var store = await TestStore.OpenAsync();
        var (id, step, steps) = await FiledAsync(store, Redactions.Asking(server.Address));
        server.Refusals = (int.MaxValue, 400);
        for (var tries = 1; tries <= RedactionDue.TriesBeforeReview; tries++)
        {
            Assert.Equal(LifecycleStep.Redact, (await steps.TriageCase(id, store.Durable.Client, Stop)).Then);
            await step.RunAsync(id, store.Durable.Client, Stop);
            var withheld = (await store.Cases.FindAsync(id, Stop))!;
            Assert.Equal((Redactor.Withheld, Redactor.Withheld, tries), (withheld.Text, withheld.Address, withheld.Redaction!.Tries));
            Assert.Equal(TimeSpan.FromMinutes(1 << (tries - 1)), withheld.Redaction.RetryAt - store.Clock.Now);
            store.Clock.Now = withheld.Redaction.RetryAt;
        }

        Assert.Equal(LifecycleStep.Redact, (await steps.TriageCase(id, store.Durable.Client, Stop)).Then);
        Assert.Equal(CaseState.TriageReview, (await store.Cases.FindAsync(id, Stop))!.State);
        server.Refusals = default;
        await step.RunAsync(id, store.Durable.Client, Stop);
        var shown = (await store.Cases.FindAsync(id, Stop))!;
        Assert.Equal((CaseState.TriageReview, "[name] sees rubbish", null), (shown.State, shown.Text, shown.Redaction));
    }

    [Theory]
    [Trait("behaviour", "Emergency: a threat to life waits for no queue and no service")]
    [InlineData("Wendell Quist: the house is on fire", CaseState.Referred)]
    [InlineData("Wendell Quist sees rubbish and a fire", CaseState.TriageReview)]
    public async Task Triage_LifeAtRiskInAWithheldWording_WaitsForNoService(string text, CaseState state)
    {
        await using var server = await LanguageServer.StartAsync();
        await using var store = await TestStore.OpenAsync();
        server.Refusals = (int.MaxValue, 400);
        var (id, step, steps) = await FiledAsync(store, Redactions.Asking(server.Address), text);
        var plan = await steps.TriageCase(id, store.Durable.Client, Stop);
        var found = (await store.Cases.FindAsync(id, Stop))!;
        Assert.Equal((state, Redactor.Withheld), (found.State, found.Text));
        Assert.Contains(await store.Cases.HistoryAsync(id, Stop), entry => entry.Summary?.Contains("119", StringComparison.Ordinal) is true);
        Assert.Empty(server.Requests);

        Assert.Equal((LifecycleStep.Wait, LifecycleStep.Redact), (plan.Now, plan.Then));
        server.Refusals = default;
        var after = await step.RunAsync(id, store.Durable.Client, Stop);
        Assert.StartsWith("[name]", (await store.Cases.FindAsync(id, Stop))!.Text, StringComparison.Ordinal);
        Assert.NotEqual(LifecycleStep.Redact, after.Then);
    }

    [Fact]
    [Trait("behaviour", "Language service: language and places are found in redacted words, and triage and early warning use them")]
    public async Task Run_ServiceNamesAPlace_TriageFindsItAndEarlyWarningIsTold()
    {
        await using var server = await LanguageServer.StartAsync();
        await using var store = await TestStore.OpenAsync();
        var (id, step, steps) = await FiledAsync(store, Redactions.Asking(server.Address), "Wendell Quist, 13812345678: bonjour, rubbish at W. Mkt", Redactions.Insight(server.Address), isPlaced: false);
        await step.RunAsync(id, store.Durable.Client, Stop);
        var shown = (await store.Cases.FindAsync(id, Stop))!;
        Assert.Equal(("other", "West Market"), (shown.Language, Assert.Single(shown.NamedPlaces!)));
        Assert.Equal(["[name], [phone]: bonjour, rubbish at W. Mkt"], Assert.Single(server.Sent("LanguageDetection")));
        Assert.Equal(["[name], [phone]: bonjour, rubbish at W. Mkt"], Assert.Single(server.Sent("EntityRecognition")));

        await steps.TriageCase(id, store.Durable.Client, Stop);
        var triaged = (await store.Cases.FindAsync(id, Stop))!;
        Assert.Equal((CaseState.Triaged, "c-west"), (triaged.State, triaged.Triage!.AreaId));
        var told = await FiledEntryAsync(store, triaged);
        Assert.Equal(["West Market"], told.Places);
        Assert.Equal(["West Market"], FiledCaseWriter.EntryOf(told)!.Case!.Places);
    }

    [Theory]
    [Trait("behaviour", "Language service: language and places are a help, and hold up no case")]
    [InlineData("LanguageDetection")]
    [InlineData("EntityRecognition")]
    public async Task Run_ServiceRedactsButFindsNothing_ShowsTheCaseAsTheCityKnowsIt(string refused)
    {
        await using var server = await LanguageServer.StartAsync();
        await using var store = await TestStore.OpenAsync();
        var (id, step, _) = await FiledAsync(store, Redactions.Asking(server.Address), "Wendell Quist sees rubbish at W. Mkt", Redactions.Insight(server.Address));
        (server.RefusedKind, server.Refusals) = (refused, (int.MaxValue, 400));
        var plan = await step.RunAsync(id, store.Durable.Client, Stop);
        var shown = (await store.Cases.FindAsync(id, Stop))!;
        Assert.Equal(("[name] sees rubbish at W. Mkt", "en", null, null), (shown.Text, shown.Language, shown.NamedPlaces, shown.Redaction));
        Assert.Equal(LifecycleStep.Triage, plan.Now);
    }

    [Fact]
    public async Task Run_NoSuchRecordInTheVault_StaysWithheld()
    {
        await using var store = await TestStore.OpenAsync();
        var draft = SmallTown.Draft() with { Text = Redactor.Withheld, Redaction = new RedactionDue(0, SmallTown.Morning) };
        var (filed, _) = await store.Cases.FileAsync(draft, Actor.Lifecycle, store.Durable.Client, Stop);
        await Step(store, Redactions.Local).RunAsync(filed.Id, store.Durable.Client, Stop);
        Assert.Equal(1, (await store.Cases.FindAsync(filed.Id, Stop))!.Redaction!.Tries);
    }

    [Fact]
    public void AfterFailure_Always_WaitsAtMostAnHour()
    {
        var due = new RedactionDue(0, SmallTown.Morning);
        for (var i = 0; i < 50; i++)
        {
            due = due.AfterFailure(SmallTown.Morning);
            Assert.InRange(due.RetryAt - SmallTown.Morning, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));
        }
    }

    private static async Task<OutboxEntry> FiledEntryAsync(TestStore store, Case found)
    {
        var row = await store.Tables.Cases.GetEntityAsync<TableEntity>(CaseKeys.Partition(found.Id), CaseKeys.OutboxRow(found.Id, found.Version), cancellationToken: Stop);
        return StoredJson.Read<OutboxEntry>(row.Value);
    }

    private static async Task<(string Id, RedactCase Step, CaseSteps Steps)> FiledAsync(TestStore store, TextRedaction redaction, string text = "Wendell Quist sees rubbish", TextInsight? insight = null, bool isPlaced = true)
    {
        var desk = new AppealDesk(store.Cases, TestVault.Of(store.Tables), redaction, new IntakePressure(), SmallTown.City, store.Clock);
        var appeal = new AppealRequest("hotline", "1", text, Location: isPlaced ? new LocationRequest(0.05, 0.05, Address) : null);
        var outcome = await desk.AcceptAsync(appeal, new Caller("hotline", Role.Intake), store.Durable.Client, Stop);
        Assert.Equal((true, Redactor.Withheld, isPlaced ? Redactor.Withheld : null), (outcome.Created, outcome.Case!.Text, outcome.Case.Address));
        return (outcome.Case.Id, Step(store, redaction, insight), new CaseSteps(store.Cases, new TriageDesk(new OpenMatters(store.Tables, store.Cases), new CategoryModels(store.Tables), SmallTown.City), store.Placing, store.Words, SmallTown.City, Options.Create(new FeedbackOptions()), store.Clock));
    }

    private static RedactCase Step(TestStore store, TextRedaction redaction, TextInsight? insight = null) =>
        new(store.Cases, TestVault.Of(store.Tables), redaction, insight ?? Redactions.Insight(), SmallTown.City, Options.Create(new FeedbackOptions()), store.Clock);
}
