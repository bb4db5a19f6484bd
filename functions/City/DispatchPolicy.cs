namespace CityBrain.City;

/// <summary>The city's own rules for dispatch, from <c>dispatch.json</c>; what the file leaves out is as here.</summary>
public sealed record DispatchPolicy
{
    /// <summary>How long after its dispatch a case may be returned 退回. Shandong: two working days.</summary>
    public WorkDuration ReturnWindow { get; init; } = WorkDuration.WorkingDays(2);

    /// <summary>The only reasons for a return, as codes.</summary>
    public IReadOnlyList<string> ReturnReasons { get; init; } = ["not-our-duty", "not-our-area", "wrong-category", "asset-of-another", "joint-matter"];

    /// <summary>The only reasons for which the clocks may stop 挂起, as codes.</summary>
    public IReadOnlyList<string> PauseReasons { get; init; } = ["weather", "legal-procedure", "waiting-for-reporter", "waiting-for-parts", "joint-project"];

    /// <summary>All pauses of a case together, in days; 1 to 366.</summary>
    public int PauseCapDays { get; init; } = 90;

    /// <summary>A pause up to this many days needs no duty officer; 0 to <see cref="PauseCapDays"/>.</summary>
    public int UnapprovedPauseDays { get; init; } = 5;

    /// <summary>All extensions 延期 of a case together, in working days; above 0, at most 366.</summary>
    public double ExtensionCapDays { get; init; } = 15;

    /// <summary>
    /// How long a duty role has to acknowledge a rung of the ladder before it climbs to the next level; counted round the clock for what is urgent.
    /// </summary>
    public WorkDuration Acknowledge { get; init; } = new(TimeSpan.FromMinutes(60), WorkUnit.WorkingTime);

    /// <summary>A task that passed the gate because life is at risk is reviewed within this.</summary>
    public WorkDuration BypassReview { get; init; } = WorkDuration.RoundTheClock(TimeSpan.FromHours(24));

    /// <summary>A reply about which the gate is in doubt is reviewed by another person within this; then the duty officers are reminded.</summary>
    public WorkDuration ReplyReview { get; init; } = WorkDuration.WorkingDays(1);

    /// <summary>How often a case that its reporter calls unsolved goes back to the same lead; then the arbiter decides. At least 1.</summary>
    public int ReopenCap { get; init; } = 3;

    /// <summary>The clocks of a whistle 吹哨.</summary>
    public WhistlePolicy Whistle { get; init; } = new();

    /// <summary>What may be laid on grid workers and communities.</summary>
    public BurdenPolicy Burden { get; init; } = new();

    /// <summary>The cap on all pauses of a case together.</summary>
    public TimeSpan PauseCap => TimeSpan.FromDays(PauseCapDays);
}

/// <summary>The clocks of a whistle, from the moment it is blown. The defaults are Nanjing Gulou's rule.</summary>
public sealed record WhistlePolicy
{
    /// <summary>To sign for the whistle.</summary>
    public WorkDuration Sign { get; init; } = WorkDuration.WorkingHours(1);

    /// <summary>To speak with the one who blew it.</summary>
    public WorkDuration Contact { get; init; } = WorkDuration.RoundTheClock(TimeSpan.FromHours(24));

    /// <summary>To report in 报到, in a routine matter.</summary>
    public WorkDuration Arrive { get; init; } = WorkDuration.WorkingDays(3);

    /// <summary>To report in, in a hard matter.</summary>
    public WorkDuration ArriveHard { get; init; } = WorkDuration.WorkingDays(5);
}

/// <summary>What may be laid on a grid worker 网格员, or on a community 社区, at most 减负.</summary>
public sealed record BurdenPolicy
{
    /// <summary>Open tasks at one moment; 1 to 1,000. What is urgent passes.</summary>
    public int OpenTasks { get; init; } = 15;

    /// <summary>Forms to fill in a month; 0 to 100.</summary>
    public int FormsPerMonth { get; init; } = 3;
}
