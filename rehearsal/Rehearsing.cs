using CityBrain.City;
using CityBrain.Rehearsal.Plan;
using CityBrain.Rehearsal.Play;
using CityBrain.Rehearsal.Show;
using CityBrain.Rehearsal.Stage;

namespace CityBrain.Rehearsal;

/// <summary>One rehearsal: a script, an app, and the people who play.</summary>
internal sealed class Rehearsing : IDisposable
{
    /// <summary>City time by which people may be late in the dense weeks before the clock slows down.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(90);

    /// <summary>The same in the tail, where cases take weeks.</summary>
    private static readonly TimeSpan TailTolerance = TimeSpan.FromHours(6);

    private const double TailCruise = 3.0 * 86_400;
    private const double TailFastest = 30.0 * 86_400;

    private readonly Script _script;
    private readonly RehearsedApp _app;
    private readonly HttpClient _http;
    private readonly HttpClient _serviceBus;
    private readonly Agenda _agenda = new();
    private readonly Arrivals _arrivals;
    private readonly CityPlay _play;
    private readonly Director _director;
    private readonly CityModel _city;

    public Rehearsing(Script script, CityModel city, RehearsedApp app)
    {
        (_script, _city, _app) = (script, city, app);
        _http = new HttpClient { BaseAddress = app.Http, Timeout = TimeSpan.FromSeconds(30) };
        _serviceBus = new HttpClient { BaseAddress = app.Devices, Timeout = TimeSpan.FromSeconds(30) };
        Api = new CityApi(_http, app.Keys, Score);
        var next = new NextMove(id => city.Departments.Find(id) is not null, app.AnswerDays);
        _arrivals = new Arrivals(Api, new SensorPort(_serviceBus, app.Keys, Score), script, Roster, _agenda, Score, app.Clock);
        _play = new CityPlay(Api, next, Roster, _agenda, Score, app.Clock);
        _director = new Director(app.Clock, _agenda, _play, Api, Score);
    }

    /// <summary>What was sent and what came back.</summary>
    public Score Score { get; } = new();

    /// <summary>Which case belongs to which row.</summary>
    public Roster Roster { get; } = new();

    /// <summary>The API that they use.</summary>
    public CityApi Api { get; }

    /// <summary>Plays the script to its end.</summary>
    /// <param name="denseSeconds">Real seconds for the dense weeks.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public async Task RunAsync(double denseSeconds, CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _arrivals.Open();
        var lookout = new Lookout(Api, _play, Score).RunAsync(stopping.Token);
        var cruise = (_script.DenseEnd - _script.Start).TotalSeconds / denseSeconds;
        try
        {
            await _director.RunAsync(
                new Pacer(cruise, cruise, Tolerance),
                _script.DenseEnd,
                new Pacer(Math.Max(cruise, TailCruise), TailFastest, TailTolerance),
                cancellationToken);
        }
        finally
        {
            await stopping.CancelAsync();
            await lookout.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    /// <summary>How the play stands.</summary>
    public Snapshot Look()
    {
        var now = _app.Clock.GetUtcNow();
        return new Snapshot(
            TimeZoneInfo.ConvertTime(now, _city.TimeZone),
            Score.Elapsed,
            _director.Speed,
            (Score.AppealsSent, _script.Appeals.Count),
            (Score.ReadingsSent, _script.Readings.Count),
            Score.States(),
            Score.Overdue(now),
            Score.Requests,
            _director.Lateness);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        _serviceBus.Dispose();
        _director.Dispose();
    }
}
