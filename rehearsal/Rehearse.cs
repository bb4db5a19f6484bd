using System.Globalization;
using CityBrain.City;
using CityBrain.Rehearsal.Plan;
using CityBrain.Rehearsal.Sample;
using CityBrain.Rehearsal.Show;
using CityBrain.Rehearsal.Stage;
using Spectre.Console;

namespace CityBrain.Rehearsal;

/// <summary>The rehearsal as a command: starts the app, plays, sums up, and keeps the app up until Ctrl+C.</summary>
internal static class Rehearse
{
    private const int HttpPort = 7071;
    private const int ServiceBusPort = 7072;

    /// <summary>Runs the command; 0 when every appeal is accounted for.</summary>
    public static async Task<int> RunAsync(RehearsalOptions options)
    {
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        try
        {
            return await PlayAsync(options, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Console.WriteLine("Broken off.");
            return 1;
        }
    }

    private static async Task<int> PlayAsync(RehearsalOptions options, CancellationToken cancellationToken)
    {
        var city = CityLoader.Load(Path.Combine(AppContext.BaseDirectory, "city"));
        var script = Script.Write(Path.Combine(AppContext.BaseDirectory, "data"), city.TimeZone, options.Seed, options.Limit);
        var path = Path.Combine(".citybrain", string.Create(CultureInfo.InvariantCulture, $"rehearsal-{TimeProvider.System.GetLocalNow():yyyyMMdd-HHmmss}.db"));
        await using var app = await RehearsedApp.StartAsync(path, Folding.Start(city.TimeZone), FreePort.Or0(HttpPort), FreePort.Or0(ServiceBusPort), cancellationToken);
        Console.WriteLine($"City Brain is up at {app.Http}{(app.Http.Port == HttpPort ? "" : $" (port {HttpPort} is taken)")}, devices send to {app.Devices}");
        Console.WriteLine($"Database {Path.GetFullPath(app.Path)}, log beside it. Seed {options.Seed}.");
        Console.WriteLine($"Watch it: {Cockpit(app)}");
        Console.WriteLine();

        using var rehearsing = new Rehearsing(script, city, app);
        var play = rehearsing.RunAsync(options.Seconds, cancellationToken);
        IView view = AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected ? new LiveView(AnsiConsole.Console) : new PlainView(Console.Out);
        await view.ShowAsync(rehearsing.Look, play);
        await play;

        var cityTime = TimeZoneInfo.ConvertTime(app.Clock.GetUtcNow(), city.TimeZone);
        var ending = await EndingReader.ReadAsync(script, rehearsing.Roster, rehearsing.Api, rehearsing.Score, app.ServiceBusConnection, cityTime, cancellationToken);
        Console.WriteLine();
        foreach (var line in Summary.LinesOf(ending))
        {
            Console.WriteLine(line);
        }

        Console.WriteLine($"Log of the app: {app.Log.Warnings} warnings, {app.Log.Errors} errors, in {app.Log.Path}");
        var exitCode = ending.Faults.Count == 0 && ending.CountersAgree ? 0 : 1;
        if (!options.Exit)
        {
            Console.WriteLine();
            Console.WriteLine($"The city is still up: {Cockpit(app)}");
            Console.WriteLine("Ctrl+C ends it.");
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        return exitCode;
    }

    private static string Cockpit(RehearsedApp app) => new Uri(app.Http, "api/cockpit?code=" + app.Keys.Staff).ToString();
}
