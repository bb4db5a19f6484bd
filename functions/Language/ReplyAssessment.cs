namespace CityBrain.Language;

/// <summary>A message and what was answered.</summary>
/// <param name="Title">Title of the message, or empty.</param>
/// <param name="Text">The message.</param>
/// <param name="Reply">The answer.</param>
/// <param name="Asker">The name under which the message was sent, if it is known; "dear X" is compared with it.</param>
/// <param name="Asked">Day of the message, if it is known; an answer that bears an earlier day answers something else.</param>
public sealed record ReplyPair(string Title, string Text, string Reply, string? Asker = null, DateOnly? Asked = null);

/// <summary>What speaks for or against a reply.</summary>
public enum ReplyCue
{
    /// <summary>Names the asker as the message does.</summary>
    AddressesAsker,

    /// <summary>Says the words of the message's title.</summary>
    NamesSubject,

    /// <summary>Takes up what the message tells.</summary>
    TakesUpDetails,

    /// <summary>Names the place that the message names.</summary>
    NamesPlace,

    /// <summary>Gives a reason or a rule.</summary>
    GivesReason,

    /// <summary>Says what was done or found.</summary>
    SaysWhatWasDone,

    /// <summary>Names a day, a time or an amount.</summary>
    NamesTime,

    /// <summary>Promises something by a day.</summary>
    PromisesByDate,

    /// <summary>Goes into points one by one.</summary>
    GoesPointByPoint,

    /// <summary>Against: names another asker.</summary>
    NamesOtherAsker,

    /// <summary>Against: names only places that the message does not.</summary>
    NamesOtherPlace,

    /// <summary>Against: bears a day before the message.</summary>
    DatedBeforeMessage,

    /// <summary>Against: passes the message on, and says little more.</summary>
    OnlyPassesOn,

    /// <summary>Against: hardly anything but thanks and set phrases.</summary>
    OnlySetPhrases,
}

/// <summary>How well a reply answers its message, and why.</summary>
/// <param name="Score">Whether it answers this message and not another, 0 to 1.</param>
/// <param name="Explains">Whether it explains itself: says what was found or done and why, 0 to 1.</param>
/// <param name="Found">Cues that speak for it.</param>
/// <param name="Missing">Cues that would, and are not there.</param>
/// <param name="Against">Cues that speak against it.</param>
public sealed record ReplyAssessment(
    double Score, double Explains, IReadOnlyList<ReplyCue> Found, IReadOnlyList<ReplyCue> Missing, IReadOnlyList<ReplyCue> Against);
