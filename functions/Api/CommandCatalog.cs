using System.Collections.Frozen;
using CityBrain.Cases;
using CityBrain.Dispatch;
using CityBrain.Emergency;
using CityBrain.Feedback;
using CityBrain.Items;
using CityBrain.Sharing;
using CityBrain.Triage;

namespace CityBrain.Api;

/// <summary>The commands of <c>POST /api/cases/{id}/{command}</c>: their names, their arguments and who may give them.</summary>
public static class CommandCatalog
{
    private static readonly FrozenDictionary<string, Entry> Entries = new[]
    {
        Of<ConfirmTriage>("confirmTriage", Role.Staff),
        Of<Merge>("merge", Role.Duty),
        Of<Unmerge>("unmerge", Role.Duty),
        Of<Refer>("refer", Role.Duty),
        Of<Release>("release", Role.Duty),
        Of<RefuseRelease>("refuseRelease", Role.Duty),
        Of<ReviewBypass>("reviewBypass", Role.Duty),
        Of<Accept>("accept", Role.Staff),
        Of<Return>("return", Role.Staff),
        Of<Arbitrate>("arbitrate", Role.Duty),
        Of<Reassign>("reassign", Role.Duty),
        Of<Contact>("contact", Role.Staff),
        Of<Acknowledge>("acknowledge", Role.Staff),
        Of<Reclassify>("reclassify", Role.Duty),
        Of<Relocate>("relocate", Role.Duty),
        Of<Arrive>("arrive", Role.Staff),
        Of<Whistle>("whistle", Role.Staff),
        Of<SignWhistle>("signWhistle", Role.Party, forParties: true),
        Of<ContactWhistle>("contactWhistle", Role.Party, forParties: true),
        Of<ArriveWhistle>("arriveWhistle", Role.Party, forParties: true),
        Of<Contribute>("contribute", Role.Party, forParties: true),
        Of<RateWhistle>("rateWhistle", Role.Staff),
        Of<CloseWhistle>("closeWhistle", Role.Staff),
        Of<Split>("split", Role.Staff),
        Of<RedoItem>("redoItem", Role.Staff),
        Of<Reply>("reply", Role.Staff),
        Of<ReviewReply>("reviewReply", Role.Staff),
        Of<LookOnSpot>("spotCheck", Role.Staff),
        Of<Suspend>("suspend", Role.Staff),
        Of<Resume>("resume", Role.Staff),
        Of<Extend>("extend", Role.Duty),
        Of<Withdraw>("withdraw", Role.Duty),
        Of<LinkEmergency>("linkEmergency", Role.Duty),
    }.ToFrozenDictionary(entry => entry.Name, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<CaseAction, string> Names = Entries.Values.ToFrozenDictionary(entry => ActionOf(entry.Name), entry => entry.Name);

    /// <summary>Every command.</summary>
    public static IReadOnlyCollection<Entry> All => Entries.Values;

    /// <summary>The command of a name, whatever its case; null when there is none.</summary>
    public static Entry? Find(string name) => Entries.GetValueOrDefault(name);

    /// <summary>The names of the commands that are legal in a state.</summary>
    public static IReadOnlyList<string> NamesFrom(CaseState state) => [.. CaseTransitions.CommandsFrom(state).Select(action => Names[action])];

    /// <summary>The name of a command.</summary>
    public static string NameOf(CaseAction action) => Names[action];

    private static CaseAction ActionOf(string name) => Enum.Parse<CaseAction>(name, ignoreCase: true);

    private static Entry Of<T>(string name, Role role, bool forParties = false)
        where T : CaseCommand =>
        new(name, typeof(T), role, json => RequestBody.Parse<T>(json.Length == 0 ? "{}"u8 : json.Span) is var (command, fault) && fault is null
            ? (command, null)
            : (null, fault))
        {
            ForParties = forParties,
        };

    /// <summary>One command.</summary>
    /// <param name="Name">As in the address.</param>
    /// <param name="Arguments">The record that its body is read into.</param>
    /// <param name="Role">Who may give it; a duty officer may give every command.</param>
    /// <param name="Read">Reads the body.</param>
    public sealed record Entry(string Name, Type Arguments, Role Role, Func<ReadOnlyMemory<byte>, (CaseCommand? Command, string? Fault)> Read)
    {
        /// <summary>True when the parties of a whistle may give it as well as the lead.</summary>
        public bool ForParties { get; init; }
    }
}
