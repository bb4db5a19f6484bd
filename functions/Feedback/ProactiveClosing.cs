using CityBrain.Cases;

namespace CityBrain.Feedback;

/// <summary>
/// How a case ends that nobody asked for, so that nobody can be asked: somebody other than the author looks on the spot, or, for a warning's, no
/// new sign comes for some days. A sign that does come opens it again. Pure.
/// </summary>
public static class ProactiveClosing
{
    /// <summary>True for a case that was opened by a device or a warning.</summary>
    public static bool Applies(Case current) => current.Origin.Kind is OriginKind.Sensor or OriginKind.Warning;

    /// <summary>What is known already of a verified case; null while that is nothing.</summary>
    public static CaseCommand? Verdict(Case verified) => verified switch
    {
        { SpotCheck: { } check, Reply.At: var repliedAt } when check.At >= repliedAt && Applies(verified) => check.Solved ? new ConfirmUnasked("seen on the spot") : new FindRecurring("not solved, seen on the spot"),
        { Origin.Kind: OriginKind.Warning, RecurredAt: { } recurredAt, Reply.At: var repliedAt } when recurredAt > repliedAt => new FindRecurring("new signs came after the reply"),
        _ => null,
    };

    /// <summary>Until when no new sign may come to the trouble of a warning.</summary>
    public static DateTimeOffset QuietUntil(Case verified, FeedbackOptions options) => verified.Reply!.At.AddDays(options.QuietDays);
}
