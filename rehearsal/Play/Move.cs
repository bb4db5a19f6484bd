namespace CityBrain.Rehearsal.Play;

/// <summary>What somebody in the city does next about a case.</summary>
/// <param name="Kind">What.</param>
/// <param name="At">When; in the past: at once.</param>
/// <param name="Body">The arguments, if it has any.</param>
internal sealed record Move(MoveKind Kind, DateTimeOffset At, object? Body = null)
{
    /// <summary>True for the moves that only a duty officer may make.</summary>
    public bool IsDuty => Kind is MoveKind.Release or MoveKind.RefuseRelease or MoveKind.Arbitrate or MoveKind.Suspend or MoveKind.ReviewReply;

    /// <summary>The command's name in the address.</summary>
    public string Command => char.ToLowerInvariant(Kind.ToString()[0]) + Kind.ToString()[1..];
}

/// <summary>Kinds of moves. All but the last two are commands of the API.</summary>
internal enum MoveKind
{
    /// <summary>A reviewer decides what triage could not.</summary>
    ConfirmTriage,

    /// <summary>The duty officer lets a matter through that is not on the list.</summary>
    Release,

    /// <summary>The duty officer does not.</summary>
    RefuseRelease,

    /// <summary>The department signs.</summary>
    Accept,

    /// <summary>The department sends it back.</summary>
    Return,

    /// <summary>The duty officer names the owner.</summary>
    Arbitrate,

    /// <summary>Somebody is on the spot.</summary>
    Arrive,

    /// <summary>A pause.</summary>
    Suspend,

    /// <summary>The pause ends.</summary>
    Resume,

    /// <summary>The department says what it did.</summary>
    Reply,

    /// <summary>The duty officer reads a reply about which the gate is in doubt.</summary>
    ReviewReply,

    /// <summary>The reporter answers through the link.</summary>
    Answer,

    /// <summary>Somebody looks at the case again.</summary>
    Look,
}
