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

    /// <summary>How much less a topic attracts that is about to idle: its score is multiplied by 1 − fading × texts that passed by / idle texts.</summary>
    public double Fading { get; init; } = 0.6;

    /// <summary>A topic that so many texts have passed by takes no further one.</summary>
    public int IdleTexts { get; init; } = 1000;

    /// <summary>Texts between two sweeps, in which topics are merged and retired.</summary>
    public int SweepEvery { get; init; } = 250;
}
