namespace CityBrain.Cases;

/// <summary>Where a case stands. The legal moves between states are in <see cref="CaseTransitions"/>.</summary>
public enum CaseState
{
    /// <summary>Accepted by intake and durable; not yet looked at. 受理</summary>
    Filed,

    /// <summary>Triage was not sure: a person decides. 待研判</summary>
    TriageReview,

    /// <summary>Category, place and department are known. 已研判</summary>
    Triaged,

    /// <summary>Not on the catalogue of that level: a release is needed before anyone gets the task. 清单外审核</summary>
    ReleaseReview,

    /// <summary>Sent to a department; the clocks run. 已派遣</summary>
    Dispatched,

    /// <summary>The department sent it back with a reason. 退回</summary>
    Returned,

    /// <summary>Returned twice: an arbiter names the owner, binding. 仲裁</summary>
    Arbitration,

    /// <summary>The department signed for it. 已签收</summary>
    Accepted,

    /// <summary>Somebody is on the spot. 处置中</summary>
    Handling,

    /// <summary>Waiting for a listed reason, with a cap; the clocks are paused. 挂起</summary>
    Suspended,

    /// <summary>The department says what it did. 已答复</summary>
    Replied,

    /// <summary>The reply passed the gate; the reporter is asked. 待回访</summary>
    Verified,

    /// <summary>The reporter said solved, or did not answer in time (counted apart). 办结</summary>
    Closed,

    /// <summary>The reporter said unsolved: back to the same lead. 重办</summary>
    Reopened,

    /// <summary>Joined to another case. 并案</summary>
    Merged,

    /// <summary>Not the city's, or life at risk: handed to those whose it is. 转介</summary>
    Referred,

    /// <summary>Taken back by the reporter. 撤回</summary>
    Withdrawn,
}
