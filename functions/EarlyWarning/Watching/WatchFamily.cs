using CityBrain.EarlyWarning.Bursts;
using CityBrain.EarlyWarning.Warnings;

namespace CityBrain.EarlyWarning.Watching;

/// <summary>What is remembered of a family, to be kept.</summary>
public sealed record WatchFamilyState(BurstProfileState Profile, AlarmBudgetState Budget);

/// <summary>All topics, or all categories: they have days and hours in common, and one budget of false alarms.</summary>
internal sealed class WatchFamily
{
    private readonly BurstSettings _settings;
    private readonly BurstGround _ground;
    private readonly BurstProfile _profile;
    private readonly AlarmBudget _budget;
    private readonly TimeZoneInfo _zone;

    /// <param name="kind">What its subjects are.</param>
    /// <param name="settings">How bursts are found.</param>
    /// <param name="ground">The city's areas.</param>
    /// <param name="falseEpisodesAWeek">Its budget of false alarms.</param>
    /// <param name="state">As it was kept; null to begin anew.</param>
    public WatchFamily(SignKind kind, BurstSettings settings, BurstGround ground, double falseEpisodesAWeek, WatchFamilyState? state)
    {
        (Kind, _settings, _ground) = (kind, settings, ground);
        _profile = new BurstProfile(settings, ground, state?.Profile);
        _budget = new AlarmBudget(ground, falseEpisodesAWeek, state?.Budget);
        _zone = TimeZoneInfo.FindSystemTimeZoneById(settings.TimeZone);
    }

    /// <summary>What its subjects are.</summary>
    public SignKind Kind { get; }

    /// <summary>Subjects that share the budget.</summary>
    public int Subjects
    {
        set => _budget.Subjects = value;
    }

    /// <summary>What people said about alarms, −1 to 1.</summary>
    public double Bias
    {
        set => _budget.Bias = value;
    }

    /// <summary>The score from which on each layer raises an alarm.</summary>
    public IReadOnlyDictionary<BurstLayer, double> Thresholds => Enum.GetValues<BurstLayer>().ToDictionary(layer => layer, _budget.Threshold);

    /// <summary>Index of an area in the watches.</summary>
    public int IndexOf(string area) => _ground.IndexOf(area);

    /// <summary>The watch of a subject.</summary>
    public BurstWatch Watch(string subject, BurstWatchState? state) => new(subject, _settings, _ground, _profile, _budget, state);

    /// <summary>Noon of a local day, given in days since 0001-01-01.</summary>
    public DateTimeOffset NoonOf(int day)
    {
        var noon = DateOnly.FromDayNumber(day).ToDateTime(new TimeOnly(12, 0));
        return new(noon, _zone.GetUtcOffset(noon));
    }

    /// <summary>What it remembers, to be kept.</summary>
    public WatchFamilyState Save() => new(_profile.Save(), _budget.Save());
}
