namespace CityBrain.EarlyWarning.Topics;

/// <summary>How texts are gathered into topics. One setting for every language and source.</summary>
public sealed record TopicSettings
{
    /// <summary>A text joins the topic that is at least so much like it (damped cosine, 0 to 1); words and pairs of characters alike.</summary>
    public double JoinAt { get; init; } = 0.12;

    /// <summary>Two topics become one when their centroids are at least so much alike (cosine, 0 to 1).</summary>
    public double MergeAt { get; init; } = 0.23;

    /// <summary>How much less a topic of few texts attracts: its score is multiplied by 1 − damping / (1 + texts).</summary>
    public double Damping { get; init; } = 0.8;

    /// <summary>How much less a topic attracts that is about to retire: its score is multiplied by 1 − fading × the part of its idle time that has passed.</summary>
    public double Fading { get; init; } = 0.6;

    /// <summary>How much more a topic of the same place attracts: the score of what is alike is multiplied by up to 1 + this. What is not alike never joins.</summary>
    public double SamePlace { get; init; } = 1;

    /// <summary>How much less a topic of another place attracts, where all its texts name one place: its score is multiplied by down to 1 − this.</summary>
    public double OtherPlace { get; init; } = 0.7;

    /// <summary>Topics that attract a text with at least this part of the highest score are nearly alike: its body decides.</summary>
    internal const double Nearly = 0.85;

    /// <summary>A topic whose texts carry times takes no further one when it had none for so long.</summary>
    public TimeSpan Life { get; init; } = TimeSpan.FromDays(21);

    /// <summary>A topic whose texts carry no times takes no further one when so many texts have passed it by.</summary>
    public int IdleTexts { get; init; } = 1000;

    /// <summary>Texts between two sweeps, in which topics are merged, named and retired; the first text of a day sweeps too.</summary>
    public int SweepEvery { get; init; } = 250;

    /// <summary>A text is a copy of one of the latest of its topic from this similarity on (Jaccard of character 3-grams, above 0 to 1).</summary>
    public double CopyAt { get; init; } = 0.8;

    /// <summary>Texts from which a topic may be found again by a later one, and, copies too, from which it has a name.</summary>
    public int NamedFrom { get; init; } = 3;
}
