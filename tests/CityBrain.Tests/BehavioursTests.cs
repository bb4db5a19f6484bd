using System.Reflection;

namespace CityBrain.Tests;

/// <summary>What the city promises, in the order in which a case meets it. Each promise has a test with the trait <c>behaviour</c> that proves it.</summary>
public sealed class BehavioursTests
{
    private const string Behaviour = "behaviour";

    private static readonly (string Part, string[] Promises)[] City =
    [
        (
            "Intake",
            [
                "every channel sends one envelope and gets the same kind of case",
                "the same channel and number again is 200 and the same case",
                "it is acknowledged before any language service is asked",
                "while the language service is down a case waits and then goes to a person, never lost",
                "what was accepted survives a crash",
            ]),
        (
            "Merging",
            [
                "radius and window are those of the category",
                "the same person again urges the same case and starts no clock",
                "other people with the same matter subscribe to a master",
                "each subscriber is called back",
                "people are never merged",
                "a merge can be undone",
                "what was merged lives on when its master closes",
            ]),
        (
            "Personal data",
            [
                "the vault lies apart from the case",
                "text is redacted before it reaches a card, a list, a cluster or an export",
                "unmasking needs a reason and is logged",
                "a refused unmasking is logged too",
                "where redaction fails nothing is shown",
                "a long text is cut for the service",
            ]),
        (
            "Triage",
            [
                "the likeliest three are recorded with probability and model",
                "the routing rule is recorded",
                "an override keeps the guess and becomes a training label",
                "an unsure model asks a person",
                "a tie of two departments asks a person",
                "jurisdiction is a chain from grid to city",
                "near a boundary of two offices a person is asked",
                "the owner of an asset beats the area",
                "a corrected category or place asks the rules again, in their order",
            ]),
        (
            "Dispatch",
            [
                "a case goes from filed to closed by the steps of the table",
                "a return needs a reason code, a basis and a proposed owner",
                "a return comes within two working days",
                "a second return goes to arbitration",
                "arbitration binds",
                "the first receiver leads until another signs",
                "clocks start at dispatch, not at the signature",
                "what a reporter called unsolved is verified on the spot, and not by its handler",
                "somebody is on the spot before there is a reply",
                "an illegal step is 409 with the legal ones",
                "a stale version is 412",
                "a command given twice has the same result",
            ]),
        (
            "Off-list gate",
            [
                "the catalogue has versions and a lowest level for each item",
                "what is not on the list of a level is 409 OUT_OF_LIST",
                "a release needs funding, handbook, approver and expiry",
                "an expired release is none",
                "life safety passes the gate at once",
                "a bypass is reviewed within 24 hours, also after the case has ended",
            ]),
        (
            "Whistle",
            [
                "each party is called with clocks of its own",
                "a party goes from blown to rated by the steps of the table",
                "the quorum closes it",
                "the lead closes it",
                "who does not come is marked absent",
                "arrival and effect are scored apart, by the one who blew",
                "who came scores whether the call was needed",
                "blowing too often and never blowing are both watched",
            ]),
        (
            "Clocks",
            [
                "calendars have editions, and a case says by which it was reckoned",
                "calendars know holidays and make-up workdays",
                "sign, contact, report-in and resolve each have a clock",
                "a pause needs a listed reason and evidence",
                "pauses are capped all together",
                "a pause moves the resolve clock by exactly its working time",
                "another category keeps elapsed time and pauses",
                "limits are 1, 3, 5 and 15 working days, and more time is approved and capped",
            ]),
        (
            "Escalation",
            [
                "the ladder has rungs at 50, 80, 100, 150 and 300 %",
                "each rung has its duty role, from the grid to the city",
                "the case keeps its owner, and what nobody acknowledges climbs",
                "each rung has a time to acknowledge",
                "what is not urgent is told in working hours",
                "each rung is told once",
            ]),
        (
            "Feedback",
            [
                "contacted, solved and satisfied are three questions",
                "unsolved reopens to the same lead and is counted",
                "no answer after three tries is a bucket of its own",
                "a reply takes up each ask, with what was done, where and when",
                "set phrases are no reply",
                "nobody reviews a reply of their own",
                "a link is good once and for a time, then 410",
            ]),
        (
            "Supervision",
            [
                "rates are published with numerator and denominator",
                "exclusions are published by reason",
                "exclusions are reviewed by another and can be appealed",
                "too few answers give no rate and no rank",
                "a month is frozen after its grace",
                "signs of gaming are flagged",
                "a reminder before the due day, a notice the day after, criticism five working days on",
            ]),
        (
            "Emergency",
            [
                "it goes from declared to reviewed by the steps of the table",
                "only the authority of a level signs",
                "each street gets its tasks with a clock",
                "an order that nobody confirms is reminded and climbs",
                "the roll-call names who has not confirmed",
                "linked cases leave the ranking",
                "everything is in a log for the review",
                "alerts come in as CAP",
                "alerts go out as CAP",
                "an expired or unreferenced update is rejected and logged",
                "a threat to life goes to 110, 119 or 120",
                "a threat to life waits for no queue and no service",
            ]),
        (
            "Early warning",
            [
                "only distinct people count",
                "the same trouble is one topic, and shows no person",
                "topics and warnings are the same whatever stops in between",
                "quiet weeks stay within the budget of false alarms",
                "a burst opens one warning and one case, with owner, disposition and precision",
                "people are told again only when a warning grows",
                "people and devices near in place, time and meaning are one surer warning",
                "a device out of its own ordinary warns before any threshold, and its faults are no alarm",
                "what a warning opened is closed by quiet or by a look on the spot",
                "a crash loses no case, topic or warning, and doubles none",
            ]),
        (
            "Language service",
            [
                "language and places are found in redacted words, and triage and early warning use them",
                "language and places are a help, and hold up no case",
                "its limits are kept, and it is asked again when it says so",
                "nothing rests on features that retire",
            ]),
        (
            "Beyond the public systems",
            [
                "the budget follows a task that is not on the list",
                "what the city knows is not asked again",
                "the tasks of a grid worker are capped",
                "recurrent problems are found and registered",
                "what was done about them is tested after 30 and 90 days",
                "a matter of several departments is split into items and gets one answer",
                "property companies and volunteers help when a whistle calls them",
            ]),
    ];

    [Fact]
    public void EveryBehaviour_HasATest()
    {
        var promised = City.SelectMany(part => part.Promises.Select(promise => $"{part.Part}: {promise}")).ToList();
        var proved = typeof(BehavioursTests).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .SelectMany(test => test.GetCustomAttributes<TraitAttribute>().Where(trait => trait.Name == Behaviour && test.GetCustomAttribute<FactAttribute>() is { Skip: null }))
            .Select(trait => trait.Value).ToHashSet(StringComparer.Ordinal);
        Assert.Distinct(promised);
        Assert.Equal([], promised.Where(promise => !proved.Contains(promise)));
        Assert.Equal([], proved.Except(promised, StringComparer.Ordinal));
    }
}
