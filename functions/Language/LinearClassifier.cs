using System.Collections.Concurrent;

namespace CityBrain.Language;

/// <summary>
/// A linear text classifier over hashed n-grams, each weighted by (1 + ln frequency) times its own weight, together scaled to length 1
/// (<see cref="ClassifierTraining"/>). Immutable, safe for any number of threads; scoring a text allocates nothing.
/// </summary>
public sealed class LinearClassifier
{
    /// <summary>Buckets of the n-gram hash, in bits.</summary>
    public const int HashBits = 20;

    private const int TopCount = 3;

    private readonly ConcurrentBag<NgramCounter> _counters = [];

    internal LinearClassifier(ClassifierWeights weights)
    {
        Weights = weights;
        Version = ClassifierFile.VersionOf(weights);
    }

    /// <summary>The labels, in order of their numbers.</summary>
    public IReadOnlyList<string> Labels => Weights.Labels;

    /// <summary>Hash of the content: two models with the same version say the same of every text.</summary>
    public string Version { get; }

    /// <summary>Number of n-grams with weights.</summary>
    public int FeatureCount => Weights.Buckets.Length;

    internal ClassifierWeights Weights { get; }

    /// <summary>The likeliest labels, with the pieces of the text that decided.</summary>
    public Prediction Predict(string title, string text)
    {
        Span<float> probabilities = stackalloc float[Labels.Count];
        Score(title, text, probabilities);
        var ranked = Ranked(probabilities);
        return new Prediction(ranked, Version, EvidenceFinder.Find(Weights, Array.IndexOf(Weights.Labels, ranked[0].Label), title, text));
    }

    /// <summary>The probability of each label.</summary>
    /// <param name="title">Title, or empty.</param>
    /// <param name="text">The text.</param>
    /// <param name="probabilities">Takes the probabilities, in the order of <see cref="Labels"/>; they sum to 1.</param>
    public void Score(ReadOnlySpan<char> title, ReadOnlySpan<char> text, Span<float> probabilities)
    {
        if (!_counters.TryTake(out var counter))
        {
            counter = new NgramCounter(HashBits);
        }

        counter.Clear();
        ClassifierFeatures.Count(counter, title, text);
        Weights.Scores(counter, probabilities);
        _counters.Add(counter);
        Softmax.Apply(probabilities[..Labels.Count], Weights.Sharpness);
    }

    private List<Candidate> Ranked(ReadOnlySpan<float> probabilities)
    {
        var ranked = new List<Candidate>(Labels.Count);
        for (var i = 0; i < Labels.Count; i++)
        {
            ranked.Add(new Candidate(Labels[i], probabilities[i]));
        }

        return [.. ranked.OrderByDescending(candidate => candidate.P).Take(TopCount)];
    }
}
