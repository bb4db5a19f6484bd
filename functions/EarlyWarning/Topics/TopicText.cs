namespace CityBrain.EarlyWarning.Topics;

/// <summary>A text that joins a topic. Only redacted text, and no personal data in any part.</summary>
/// <param name="Text">What it is about, short: the title, or the text when there is no title.</param>
/// <param name="Key">The case, by which a repeated delivery is known; null when texts are told apart by nobody.</param>
/// <param name="Body">The rest, or null: tells the place when the title does not, and decides between topics that are alike.</param>
/// <param name="Time">When it was written, at the offset of the city: its date is the local day. Null when the stream has no times.</param>
/// <param name="Area">The area that it is about, by id, or null.</param>
/// <param name="Reporter">Who wrote, as a keyed hash; null when unknown: then the case counts as a reporter of its own.</param>
/// <param name="Likes">People who agreed with it where it was published; 0 or more.</param>
/// <param name="Dislikes">People who disagreed; 0 or more.</param>
/// <param name="Places">Names of places that somebody found in it, or null: tell the place when neither text nor body does by itself.</param>
public readonly record struct TopicText(
    string Text, string? Key = null, string? Body = null, DateTimeOffset? Time = null, string? Area = null, string? Reporter = null, int Likes = 0, int Dislikes = 0,
    IReadOnlyList<string>? Places = null)
{
    /// <summary>True when nothing but the text is known.</summary>
    internal bool IsBare => Key is null && Time is null && Reporter is null;

    /// <summary>The local day, or null.</summary>
    internal DateOnly? Day => Time is { } time ? DateOnly.FromDateTime(time.DateTime) : null;
}

/// <summary>Where a text went.</summary>
/// <param name="Topic">Id of its topic as of now; ask <see cref="TopicStream.Current"/> later.</param>
/// <param name="IsCopy">True when it repeats what the topic holds: a member, that adds neither to the texts nor to the centroid.</param>
public readonly record struct TopicMember(int Topic, bool IsCopy);
