using System.Runtime.InteropServices;

namespace CityBrain.EarlyWarning.Topics;

/// <summary>Turns topics into records and back, bit for bit.</summary>
internal static class TopicRecords
{
    /// <summary>The record of a topic.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="vocabulary">Knows its words.</param>
    /// <param name="vectorOf">Gives its vectors; null when it has none any more, and is kept for its counts alone.</param>
    public static TopicRecord Of(Topic topic, TopicVocabulary vocabulary, Func<TopicCentroid, List<(int Term, float Weight)>>? vectorOf)
    {
        var record = new TopicRecord
        {
            Id = topic.Id,
            State = topic.State,
            Parent = topic.Parent,
            RecurrenceOf = topic.RecurrenceOf,
            IsTraced = topic.IsTraced,
            RetiredAt = topic.RetiredAt,
            Name = topic.Name,
            Members = topic.Members,
            Texts = topic.Texts,
            LastText = topic.LastText,
            First = topic.First,
            Last = topic.Last,
            OnePlace = topic.OnePlace,
            Issue = vectorOf is null ? null : VectorOf(topic.Issue, vectorOf, vocabulary),
            Place = vectorOf is null || topic.Place.Terms.Count == 0 ? null : VectorOf(topic.Place, vectorOf, vocabulary),
        };
        return topic.IsCounted ? WithCounts(record, topic, vectorOf is not null) : record;
    }

    /// <summary>The topic of a record, as yet without terms.</summary>
    public static Topic TopicOf(TopicRecord record)
    {
        var topic = new Topic(record.Id)
        {
            State = record.State,
            Parent = record.Parent,
            RecurrenceOf = record.RecurrenceOf,
            IsTraced = record.IsTraced,
            RetiredAt = record.RetiredAt,
            Name = record.Name,
            Members = record.Members,
            Texts = record.Texts,
            LastText = record.LastText,
            First = record.First,
            Last = record.Last,
        };
        if (record.Who is not null)
        {
            topic.Counts.Restore(record);
        }

        return topic;
    }

    /// <summary>The terms and weights of a stored vector.</summary>
    public static List<(int Term, float Weight)> VectorOf(TopicVector? vector, TopicVocabulary vocabulary)
    {
        var terms = (vector?.Terms ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var weights = MemoryMarshal.Cast<byte, float>(vector?.Weights ?? []);
        var parts = new List<(int Term, float Weight)>(terms.Length);
        for (var i = 0; i < terms.Length; i++)
        {
            parts.Add((vocabulary.NumberOf(terms[i]), weights[i]));
        }

        return parts;
    }

    private static TopicRecord WithCounts(TopicRecord record, Topic topic, bool isRemembered) => record with
    {
        Reporters = topic.Counts.Reporters.Count,
        Days = [.. topic.Counts.Days.Select(day => new TopicDay(day.Key, day.Value.Texts, day.Value.Reporters))],
        Areas = topic.Counts.Areas.ToDictionary(StringComparer.Ordinal),
        Likes = topic.Counts.Likes,
        Dislikes = topic.Counts.Dislikes,
        Recent = isRemembered ? [.. topic.Counts.Recent.Texts] : [],
        Who = isRemembered ? new(topic.Counts.Reporters.ToBytes(), topic.Counts.Reporters.Forgotten) : null,
    };

    private static TopicVector VectorOf(TopicCentroid centroid, Func<TopicCentroid, List<(int Term, float Weight)>> vectorOf, TopicVocabulary vocabulary)
    {
        var vector = vectorOf(centroid);
        return new(
            string.Join(' ', vector.Select(part => vocabulary.WordOf(part.Term))),
            MemoryMarshal.AsBytes(vector.Select(part => part.Weight).ToArray().AsSpan()).ToArray(),
            centroid.SquaredNorm);
    }
}
