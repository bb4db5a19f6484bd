namespace CityBrain.EarlyWarning.Topics;

/// <summary>How much alike texts and topics are: what they are about decides, where they are only strengthens or weakens it. Pure.</summary>
internal static class TopicLikeness
{
    /// <summary>How much a topic attracts a text; above <see cref="TopicSettings.JoinAt"/> it takes it.</summary>
    /// <param name="settings">Thresholds.</param>
    /// <param name="met">The topic, with the dot products of the text with its centroids.</param>
    /// <param name="hasPlace">True when the text names a place.</param>
    /// <param name="idle">The part of the topic's idle time that has passed, 0 to 1.</param>
    public static double OfText(TopicSettings settings, in TopicSpace.Meeting met, bool hasPlace, double idle)
    {
        var topic = met.Topic!;
        var score = met.Issue / Math.Sqrt(topic.Issue.SquaredNorm) * (1 - (settings.Damping / (1 + topic.Texts))) * (1 - (settings.Fading * idle));
        if (!hasPlace || topic.Place.Terms.Count == 0 || score * (1 + settings.SamePlace) <= settings.JoinAt)
        {
            return score;
        }

        var samePlace = met.Place / Math.Sqrt(topic.Place.SquaredNorm);
        return score * (1 + (topic.OnePlace * ((settings.SamePlace * samePlace) - (settings.OtherPlace * (1 - samePlace)))));
    }

    /// <summary>How much two topics are one; above <see cref="TopicSettings.MergeAt"/> they are. The same place is no reason to merge, another one is a reason against it.</summary>
    public static double OfTopics(TopicSettings settings, Topic a, Topic b, double issue, double place)
    {
        var cosine = issue / Math.Sqrt(a.Issue.SquaredNorm * b.Issue.SquaredNorm);
        if (cosine <= settings.MergeAt || a.Place.Terms.Count == 0 || b.Place.Terms.Count == 0)
        {
            return cosine;
        }

        var samePlace = place / Math.Sqrt(a.Place.SquaredNorm * b.Place.SquaredNorm);
        var local = Math.Max(Math.Min(a.OnePlace, b.OnePlace), Math.Max(Settled(a), Settled(b)));
        return cosine * (1 - (settings.OtherPlace * local * (1 - samePlace)));
    }

    /// <summary>How sure it is that a topic is one place's: not of one text, the more the more texts say so.</summary>
    private static double Settled(Topic topic) => topic.OnePlace * (1 - (1.0 / topic.Texts));
}
