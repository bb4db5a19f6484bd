using CityBrain.City;

namespace CityBrain.Cases;

/// <summary>
/// A change that somebody wants to make to a case. The transition table decides whether the action is legal and what the next state is;
/// the command checks its own arguments and fills in what else changes. Pure: no I/O.
/// </summary>
public abstract record CaseCommand
{
    /// <summary>What it does, as the transition table knows it.</summary>
    public abstract CaseAction Action { get; }

    /// <summary>Why the arguments cannot be accepted for this case, as sentences that say what to do; none when all is well.</summary>
    public virtual IEnumerable<string> Problems(Case current, ChangeContext context) => [];

    /// <summary>Why the standing of the case forbids what is wanted, whatever the arguments; null when it does not.</summary>
    public virtual CommandConflict? Conflict(Case current, ChangeContext context) => null;

    /// <summary>The case with everything but state, version and times changed.</summary>
    public virtual Case Apply(Case current, ChangeContext context) => current;

    /// <summary>Longest text of an argument that is said in words, in characters.</summary>
    public const int LongestWords = 500;

    /// <summary>Says which arguments are longer than <see cref="LongestWords"/>.</summary>
    protected static IEnumerable<string> TooLong(params (string Name, string? Text)[] words) =>
        words.Where(word => word.Text?.Length > LongestWords).Select(word => $"{word.Name} has {word.Text!.Length} characters; at most {LongestWords} fit.");

    /// <summary>One line for the history, without personal data; null when the action says it all.</summary>
    public virtual string? Summary => null;

    /// <summary>The same, where what it says depends on the case before and after.</summary>
    public virtual string? SummaryOf(Case before, Case after) => Summary;

    /// <summary>The rung that a reminder tells of; null for every other command.</summary>
    public virtual ClockRung? RungOf(Case changed) => null;

    /// <summary>What a step of a whistle tells; null for every other command.</summary>
    public virtual WhistleNews? WhistleOf(Case changed) => null;
}

/// <summary>The standing of a case forbids a command that its state allows.</summary>
/// <param name="Code">Stable name, such as <c>OUT_OF_LIST</c>.</param>
/// <param name="Detail">What forbids it and what to do.</param>
/// <param name="Legal">The actions that are legal instead; null when that is no matter of actions.</param>
public sealed record CommandConflict(string Code, string Detail, IReadOnlyList<CaseAction>? Legal = null);

/// <summary>When, by whom and in which city a change happens.</summary>
/// <param name="Now">The city's time.</param>
/// <param name="Actor">Who makes the change.</param>
/// <param name="City">Catalogue, calendar, areas and departments.</param>
public sealed record ChangeContext(DateTimeOffset Now, Actor Actor, CityModel City);

/// <summary>Who acts. Names are of roles and systems, never of private persons.</summary>
/// <param name="Name">Caller name from the settings, or the name of the city's own step.</param>
/// <param name="Kind">What kind of actor.</param>
public sealed record Actor(string Name, ActorKind Kind)
{
    /// <summary>The department for which a member of staff acts; null when for any.</summary>
    public string? Department { get; init; }

    /// <summary>The area for which a member of staff acts; null when for the whole city.</summary>
    public string? AreaId { get; init; }

    /// <summary>True for a duty officer.</summary>
    public bool IsDuty { get; init; }

    /// <summary>The city's own procedure.</summary>
    public static Actor Lifecycle { get; } = new("lifecycle", ActorKind.Lifecycle);

    /// <summary>The person who asked.</summary>
    public static Actor Reporter { get; } = new("reporter", ActorKind.Reporter);

    /// <summary>A device, through the sensor rules.</summary>
    public static Actor Sensors { get; } = new("sensors", ActorKind.Device);
}

/// <summary>What kind of actor changed a case.</summary>
public enum ActorKind
{
    /// <summary>The durable procedure of the case itself: it needs no signal about its own steps.</summary>
    Lifecycle,

    /// <summary>A member of staff or a system that acts for one.</summary>
    Staff,

    /// <summary>The person who asked.</summary>
    Reporter,

    /// <summary>A device.</summary>
    Device,
}
