using CityBrain.Language;

namespace CityBrain.EarlyWarning.Topics;

/// <summary>
/// Gathers texts into topics as they arrive, in one pass: each joins the topic whose centroid is most like it, or begins one. Topics that turn out to be
/// the same are merged, and keep an id for good; idle ones take no further text, and are found again when they come back. The cost of a text grows with
/// the topics that share a word with it, not with all. Time comes with the texts; a stream that is restored goes on exactly as if it had never stopped.
/// Not safe for concurrent use: one writer.
/// </summary>
public sealed class TopicStream
{
    private readonly TopicSettings _settings;
    private readonly TopicVocabulary _vocabulary;
    private readonly TopicSpace _space = new();
    private readonly TopicArchive _archive = new();
    private readonly TopicReader _reader;
    private readonly TopicSweep _sweep;
    private readonly List<(TopicSpace.Meeting Met, double Score)> _attracted = [];
    private readonly TopicDeliveries _deliveries = new();
    private readonly Dictionary<int, int> _parents = [];
    private readonly Dictionary<int, Topic>? _changed;
    private int _texts;
    private int _nextId;
    private int _sweptAt;
    private DateTimeOffset? _now;

    /// <param name="settings">Thresholds and sweeps.</param>
    /// <param name="places">Names of places.</param>
    /// <param name="state">What was stored, <see cref="TopicStreamState.Empty"/> at first; null when nothing is stored and <see cref="TakeChanges"/> is never called.</param>
    public TopicStream(TopicSettings settings, TopicPlaces? places = null, TopicStreamState? state = null)
    {
        (_vocabulary, _changed) = (new(isStored: state is not null), state is null ? null : []);
        (_settings, _reader) = (settings, new TopicReader(_vocabulary, places ?? TopicPlaces.None));
        _sweep = new(settings, _space, _archive, _vocabulary, new TopicNamer(_vocabulary, places ?? TopicPlaces.None), _parents, _changed);
        if (state is not null)
        {
            Restore(state);
        }
    }

    /// <summary>Topics that take texts.</summary>
    public int Active => _space.Count;

    /// <summary>Topics that were ever begun.</summary>
    public int Begun => _nextId;

    /// <summary>Words that are remembered.</summary>
    public int Words => _vocabulary.Count;

    /// <summary>
    /// Takes a text of which nothing else is known; returns the id of its topic as of now. Copies are not looked for, nobody is counted, and a topic of
    /// such texts has no name. Texts without a term each begin a topic of their own.
    /// </summary>
    public int Add(string text) => Add(new TopicText(text)).Topic;

    /// <summary>Takes a text; one whose case was delivered lately changes nothing.</summary>
    public TopicMember Add(in TopicText text)
    {
        if (text.Key is not null && _deliveries.Find(text.Key) is { } before)
        {
            return before with { Topic = Current(before.Topic) };
        }

        PassTime(text.Time);
        _texts++;
        _reader.Read(text);
        var (topic, met) = Best(text);
        topic ??= Begin();
        var member = new TopicMember(topic.Id, Join(topic, text, met));
        if (text.Key is not null)
        {
            _deliveries.Add(text.Key, member);
        }

        if (_texts - _sweptAt >= _settings.SweepEvery)
        {
            Sweep();
        }

        return member with { Topic = Current(topic.Id) };
    }

    /// <summary>The topic into which a topic was merged, itself when it was not.</summary>
    public int Current(int topic)
    {
        while (_parents.TryGetValue(topic, out var parent))
        {
            topic = parent;
        }

        return topic;
    }

    /// <summary>Topics that were merged or have retired since this was called last, in that order.</summary>
    public IReadOnlyList<int> TakeEnded()
    {
        int[] ended = [.. _sweep.Ended];
        _sweep.Ended.Clear();
        return ended;
    }

    /// <summary>Takes an active topic for changed, as something that is shown with it has.</summary>
    public void Touch(int id)
    {
        if (_changed is not null && _space.All.FirstOrDefault(topic => topic.Id == id) is { } topic)
        {
            _changed[id] = topic;
        }
    }

    /// <summary>The active topics as they are now, by id.</summary>
    public IEnumerable<TopicRecord> Topics() => _space.All.OrderBy(topic => topic.Id).Select(Record);

    /// <summary>What changed since this was called last, or since the stream was restored.</summary>
    /// <exception cref="InvalidOperationException">The stream was made without a state.</exception>
    public TopicChanges TakeChanges()
    {
        if (_changed is null)
        {
            throw new InvalidOperationException("Changes are remembered by a stream that was made with a state.");
        }

        var topics = _changed.Values.OrderBy(topic => topic.Id).Select(Record).ToList();
        var (words, isWhole) = _vocabulary.TakeChanged();
        _changed.Clear();
        return new(topics, words, isWhole, new TopicCounters
        {
            Texts = _texts,
            NextId = _nextId,
            SweptAt = _sweptAt,
            WordTexts = _vocabulary.Texts,
            Now = _now,
            Deliveries = _deliveries.All,
        });
    }

    private void PassTime(DateTimeOffset? time)
    {
        if (time is { } at && !(at <= _now))
        {
            var isNewDay = _now is { } before && at.Date > before.Date && _texts > _sweptAt;
            _now = at;
            if (isNewDay)
            {
                Sweep();
            }
        }
    }

    /// <summary>The topic that attracts the text most, and how it was met; null when none attracts it enough.</summary>
    private (Topic? Topic, TopicSpace.Meeting Met) Best(in TopicText text)
    {
        _attracted.Clear();
        var least = _settings.JoinAt / (_reader.Place.Count > 0 ? 1 + _settings.SamePlace : 1);
        using (var met = _space.Meet(_reader.Issue, _reader.Place))
        {
            for (var i = 0; i < met.Count; i++)
            {
                if (!met.IsBelow(i, least) && TopicLikeness.OfText(_settings, met[i], _reader.Place.Count > 0, IdlePart(met[i].Topic!)) is var score && score > _settings.JoinAt)
                {
                    _attracted.Add((met[i], score));
                }
            }
        }

        if (_attracted.Count > 1 && text.Body is { Length: > 0 } body)
        {
            Compare(body);
        }

        var best = _attracted.Count == 0 ? default : _attracted.MaxBy(candidate => (candidate.Score, -candidate.Met.Topic!.Id)).Met;
        return (best.Topic, best);
    }

    /// <summary>Lets the body decide between the topics that attract the title nearly as much as the first.</summary>
    private void Compare(string body)
    {
        var nearly = TopicSettings.Nearly * _attracted.Max(candidate => candidate.Score);
        _attracted.RemoveAll(candidate => candidate.Score < nearly);
        if (_attracted.Count == 1)
        {
            return;
        }

        using var met = _space.Meet(_reader.Compare(body), []);
        for (var i = 0; i < met.Count; i++)
        {
            var (topic, issue, _) = met[i];
            if (_attracted.FindIndex(candidate => candidate.Met.Topic == topic) is >= 0 and var at)
            {
                _attracted[at] = _attracted[at] with { Score = _attracted[at].Score * (1 + (issue / Math.Sqrt(topic!.Issue.SquaredNorm))) };
            }
        }
    }

    /// <summary>The part of its idle time that has passed, by the clock of the texts where it has times; above 1 when it is over.</summary>
    private double IdlePart(Topic topic) => topic.Last is { } last && _now is { } now
        ? (now - last) / _settings.Life
        : (double)(_texts - topic.LastText) / _settings.IdleTexts;

    private Topic Begin()
    {
        var topic = new Topic(_nextId++);
        _space.Insert(topic);
        return topic;
    }

    /// <summary>Takes the text into the topic; true when it is a copy.</summary>
    private bool Join(Topic topic, in TopicText text, in TopicSpace.Meeting met)
    {
        var isCopy = !text.IsBare && Count(topic, text);
        topic.Members++;
        topic.LastText = _texts;
        topic.First = topic.First < text.Time ? topic.First : text.Time ?? topic.First;
        topic.Last = topic.Last > text.Time ? topic.Last : text.Time ?? topic.Last;
        if (!isCopy)
        {
            topic.Texts++;
            _space.Add(topic, topic.Issue, _reader.Issue, _reader.Issue.Count == 0 ? 0 : 1 + (2 * met.Issue));
            _space.Add(topic, topic.Place, _reader.Place, _reader.Place.Count == 0 ? 0 : 1 + (2 * met.Place));
        }

        if (_changed is not null)
        {
            _changed[topic.Id] = topic;
        }

        return isCopy;
    }

    /// <summary>Counts the text for the topic; true when it is a copy.</summary>
    private bool Count(Topic topic, in TopicText text)
    {
        var reporter = TopicCounts.ReporterOf(text);
        var shortened = TopicRecent.Shortened(text.Text);
        var shingles = Shingles.Of(shortened);
        var isCopy = (reporter is { } known && topic.Counts.Reporters.Holds(known)) || topic.Counts.Recent.HoldsCopyOf(shingles, _settings.CopyAt);
        topic.Counts.Add(text, reporter, isCopy);
        if (!isCopy)
        {
            topic.Counts.Recent.Add(shortened, shingles);
        }

        return isCopy;
    }

    private void Sweep()
    {
        _sweep.Run(_texts, _sweptAt, topic => IdlePart(topic) > 1);
        _sweptAt = _texts;
    }

    private TopicRecord Record(Topic topic) => TopicRecords.Of(topic, _vocabulary, VectorOf(topic));

    /// <summary>Where the vectors of a topic are; null when it has none any more.</summary>
    private Func<TopicCentroid, List<(int Term, float Weight)>>? VectorOf(Topic topic) => topic switch
    {
        { Slot: < 0 } => null,
        { State: TopicState.Retired } => centroid => _archive.VectorOf(topic, centroid),
        _ => centroid => _space.VectorOf(topic, centroid),
    };

    private void Restore(TopicStreamState state)
    {
        (_texts, _nextId, _sweptAt, _now) = (state.Counters.Texts, state.Counters.NextId, state.Counters.SweptAt, state.Counters.Now);
        _vocabulary.Restore(state.Words, state.Counters.WordTexts);
        foreach (var delivery in state.Counters.Deliveries)
        {
            _deliveries.Add(delivery.Key, new(delivery.Topic, delivery.IsCopy));
        }

        foreach (var record in state.Topics.Values.Where(topic => topic is { State: TopicState.Merged, Parent: not null }))
        {
            _parents[record.Id] = record.Parent!.Value;
        }

        foreach (var record in state.Topics.Values.Where(topic => topic.State is TopicState.Active).OrderBy(topic => topic.Id))
        {
            var topic = TopicRecords.TopicOf(record);
            _space.Insert(topic);
            _space.Add(topic, topic.Issue, TopicRecords.VectorOf(record.Issue, _vocabulary), record.Issue?.SquaredNorm ?? 0);
            _space.Add(topic, topic.Place, TopicRecords.VectorOf(record.Place, _vocabulary), record.Place?.SquaredNorm ?? 0);
        }

        foreach (var record in state.Topics.Values.Where(topic => topic is { State: TopicState.Retired, Issue: not null })
            .OrderBy(topic => topic.RetiredAt).ThenBy(topic => topic.Id).TakeLast(TopicArchive.Remembered))
        {
            var topic = TopicRecords.TopicOf(record);
            (topic.Issue.SquaredNorm, topic.Place.SquaredNorm) = (record.Issue?.SquaredNorm ?? 0, record.Place?.SquaredNorm ?? 0);
            _archive.Add(topic, TopicRecords.VectorOf(record.Issue, _vocabulary), TopicRecords.VectorOf(record.Place, _vocabulary));
        }
    }
}
