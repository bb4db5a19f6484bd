namespace CityBrain.EarlyWarning.Topics;

/// <summary>Gives topics their names, from their latest texts. A name stays until the topic has twice the texts.</summary>
internal sealed class TopicNamer(TopicVocabulary vocabulary, TopicPlaces places)
{
    /// <summary>Names a topic that has no name or has grown out of its name; true when the name changed.</summary>
    public void Name(Topic topic)
    {
        if (topic.Name is { } name && topic.Texts < 2 * name.AtTexts)
        {
            return;
        }

        topic.Name = new TopicName(
            TopicPhrases.PlaceOf(topic.Counts.Recent.Texts, places, gram => RarityOf(gram.Text, TopicReader.PlaceMark, vocabulary.PlaceRarityOf, Enumerable.Max)),
            TopicPhrases.Of(topic.Counts.Recent.Texts, places, gram => RarityOf(gram.Text, null, vocabulary.NameRarityOf, Enumerable.Average)),
            topic.Texts);
    }

    private double RarityOf(string phrase, char? mark, Func<int, float> rarityOf, Func<IEnumerable<float>, float> together)
    {
        var rarities = new List<float>();
        TopicTerms.Each(phrase, rarities, (term, all) =>
        {
            if (vocabulary.Find(mark is null ? term : $"{mark}{term}") is >= 0 and var number)
            {
                all.Add(rarityOf(number));
            }
        });
        return rarities.Count == 0 ? 0 : together(rarities);
    }
}
