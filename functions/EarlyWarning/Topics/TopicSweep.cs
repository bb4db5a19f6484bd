namespace CityBrain.EarlyWarning.Topics;

/// <summary>What is done from time to time: topics that are the same are merged, those with some texts are named and traced to earlier ones, idle ones retire.</summary>
internal sealed class TopicSweep(TopicSettings settings, TopicSpace space, TopicArchive archive, TopicVocabulary vocabulary, TopicNamer namer, Dictionary<int, int> parents, Dictionary<int, Topic>? changed)
{
    private const int MostTerms = 800;
    private const int MostPlaceTerms = 200;

    /// <summary>Topics that were merged or retired, in that order, until somebody takes them.</summary>
    public List<int> Ended { get; } = [];

    /// <summary>Sweeps.</summary>
    /// <param name="texts">Texts of the stream.</param>
    /// <param name="sweptAt">Texts when it was swept before: only topics with a later one are looked at.</param>
    /// <param name="isIdle">True for a topic that is to retire.</param>
    public void Run(int texts, int sweptAt, Predicate<Topic> isIdle)
    {
        var touched = space.All.Where(topic => topic.LastText > sweptAt).OrderByDescending(topic => topic.Texts).ThenBy(topic => topic.Id).ToList();
        foreach (var topic in touched.Where(topic => topic.State is TopicState.Active))
        {
            MergeAlike(topic);
        }

        foreach (var topic in touched.Where(topic => topic.State is TopicState.Active))
        {
            space.Shrink(topic, topic.Issue, MostTerms);
            space.Shrink(topic, topic.Place, MostPlaceTerms);
            Mark(topic);
            if (topic.IsCounted && topic.Texts >= settings.NamedFrom)
            {
                Trace(topic);
            }

            if (topic.IsCounted && topic.Members >= settings.NamedFrom)
            {
                namer.Name(topic);
            }
        }

        foreach (var topic in space.All.Where(topic => isIdle(topic)).OrderBy(topic => topic.Id).ToList())
        {
            Retire(topic, texts);
        }

        vocabulary.Age(term => space.Holds(term) || archive.Holds(term));
    }

    private void MergeAlike(Topic topic)
    {
        var met = space.MostAlike(settings, topic, space.VectorOf(topic, topic.Issue), space.VectorOf(topic, topic.Place));
        if (met.Topic is { } other)
        {
            var (larger, smaller) = other.Texts >= topic.Texts ? (other, topic) : (topic, other);
            Merge(larger, smaller, met);
        }
    }

    private void Merge(Topic larger, Topic smaller, in TopicSpace.Meeting met)
    {
        space.Add(larger, larger.Issue, space.VectorOf(smaller, smaller.Issue), smaller.Issue.SquaredNorm + (2 * met.Issue));
        space.Add(larger, larger.Place, space.VectorOf(smaller, smaller.Place), smaller.Place.SquaredNorm + (2 * met.Place));
        larger.Take(smaller);
        space.Remove(smaller);
        (smaller.State, smaller.Parent) = (TopicState.Merged, larger.Id);
        parents[smaller.Id] = larger.Id;
        Ended.Add(smaller.Id);
        Mark(larger);
        Mark(smaller);
    }

    private void Trace(Topic topic)
    {
        if (topic.IsTraced)
        {
            return;
        }

        topic.IsTraced = true;
        topic.RecurrenceOf ??= archive.Find(settings, topic, space.VectorOf(topic, topic.Issue), space.VectorOf(topic, topic.Place))?.Id;
    }

    private void Retire(Topic topic, int texts)
    {
        var (issue, place) = (space.VectorOf(topic, topic.Issue), space.VectorOf(topic, topic.Place));
        space.Remove(topic);
        (topic.State, topic.RetiredAt) = (TopicState.Retired, texts);
        Ended.Add(topic.Id);
        Mark(topic);
        if (topic.IsCounted && topic.Texts >= settings.NamedFrom)
        {
            archive.Add(topic, issue, place);
        }
    }

    private void Mark(Topic topic)
    {
        if (changed is not null)
        {
            changed[topic.Id] = topic;
        }
    }
}
