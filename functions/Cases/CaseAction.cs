namespace CityBrain.Cases;

/// <summary>What can happen to a case. Some are the city's own steps, the others are commands that a person gives.</summary>
public enum CaseAction
{
    /// <summary>The appeal became a case.</summary>
    File,

    /// <summary>Category, area and department were found.</summary>
    Triage,

    /// <summary>Triage was unsure and asks a person.</summary>
    AskReview,

    /// <summary>A person confirms or corrects the triage.</summary>
    ConfirmTriage,

    /// <summary>Joined to a master case.</summary>
    Merge,

    /// <summary>The merge was wrong; a person looks at the case again.</summary>
    Unmerge,

    /// <summary>The same person asked again. 催办</summary>
    Urge,

    /// <summary>Somebody else asked for the same.</summary>
    Subscribe,

    /// <summary>Handed to somebody outside the city's departments.</summary>
    Refer,

    /// <summary>Sent to a department; clocks start.</summary>
    Dispatch,

    /// <summary>Not on the list of that level; needs a release.</summary>
    AskRelease,

    /// <summary>Released with funding, handbook, approver and expiry.</summary>
    Release,

    /// <summary>Release refused; triaged again one level up.</summary>
    RefuseRelease,

    /// <summary>The department signs for it.</summary>
    Accept,

    /// <summary>The department sends it back with reason, basis and proposed owner.</summary>
    Return,

    /// <summary>Returned a second time, or reopened too often: goes to an arbiter.</summary>
    EscalateReturn,

    /// <summary>The arbiter names the owner.</summary>
    Arbitrate,

    /// <summary>Somebody is on the spot. 报到</summary>
    Arrive,

    /// <summary>The department says what it did.</summary>
    Reply,

    /// <summary>Pause with reason, evidence and cap.</summary>
    Suspend,

    /// <summary>The pause ends, by hand or at its cap.</summary>
    Resume,

    /// <summary>More time, approved.</summary>
    Extend,

    /// <summary>The reply passed the gate.</summary>
    PassReply,

    /// <summary>The reply failed the gate.</summary>
    RejectReply,

    /// <summary>The gate is in doubt about the reply and asks for a person other than its author.</summary>
    AskReplyReview,

    /// <summary>That person says whether the reply goes to the reporter. 复核</summary>
    ReviewReply,

    /// <summary>Nobody reviewed the reply in time.</summary>
    LapseReplyReview,

    /// <summary>The reporter says solved.</summary>
    ConfirmSolved,

    /// <summary>The reporter says unsolved.</summary>
    ReportUnsolved,

    /// <summary>No answer after the tries; closed and counted apart.</summary>
    CloseUnanswered,

    /// <summary>The reporter is asked, again or as one of several. 回访</summary>
    AskReporter,

    /// <summary>The hotline called and got no answer.</summary>
    ReportCall,

    /// <summary>The reporter of a merged case answers.</summary>
    AnswerAsSubscriber,

    /// <summary>The matter needs items of several departments. 一件事</summary>
    Split,

    /// <summary>The case of an item has ended.</summary>
    SettleItem,

    /// <summary>What was answered to an item does not do.</summary>
    RedoItem,

    /// <summary>A person hands it to another department.</summary>
    Reassign,

    /// <summary>The reporter takes it back.</summary>
    Withdraw,

    /// <summary>The lead calls others to help. 吹哨</summary>
    Whistle,

    /// <summary>A party signs for the whistle.</summary>
    SignWhistle,

    /// <summary>A party has spoken with the lead.</summary>
    ContactWhistle,

    /// <summary>A party is on the spot. 报到</summary>
    ArriveWhistle,

    /// <summary>A party says what it did.</summary>
    Contribute,

    /// <summary>The lead scores a party.</summary>
    RateWhistle,

    /// <summary>The lead closes a whistle.</summary>
    CloseWhistle,

    /// <summary>A party was reminded, or marked absent.</summary>
    RemindWhistle,

    /// <summary>A release reached its expiry; the task waits for another.</summary>
    ExpireRelease,

    /// <summary>A duty officer reviews a task that passed the gate because life was at risk.</summary>
    ReviewBypass,

    /// <summary>Nobody reviewed it in time.</summary>
    LapseBypass,

    /// <summary>The reporter was contacted; the contact clock stops.</summary>
    Contact,

    /// <summary>Somebody looked on the spot whether a case that nobody asked for is solved. 现场核查</summary>
    SpotCheck,

    /// <summary>Another category; elapsed time and pauses stay, the department is found again.</summary>
    Reclassify,

    /// <summary>Another place; area and department are found again.</summary>
    Relocate,

    /// <summary>A duty role has seen a rung of the ladder.</summary>
    Acknowledge,

    /// <summary>Nobody acknowledged a rung in time; the next level is told.</summary>
    Climb,

    /// <summary>A clock reached a rung of the ladder; somebody was told.</summary>
    Remind,

    /// <summary>It belongs to an emergency, and leaves the rankings.</summary>
    LinkEmergency,

    /// <summary>A fact was added, such as a sensor that cleared.</summary>
    Note,
}
