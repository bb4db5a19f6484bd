using System.Globalization;

namespace CityBrain.Rehearsal;

/// <summary>What the command line asks for.</summary>
/// <param name="Seed">Same seed, same play.</param>
/// <param name="Seconds">Real seconds for the four dense weeks.</param>
/// <param name="Limit">Only the first rows of the sample; null: all.</param>
/// <param name="Exit">True: end after the summary instead of keeping the app up.</param>
internal sealed record RehearsalOptions(int Seed = 311, double Seconds = 60, int? Limit = null, bool Exit = false)
{
    /// <summary>How to call it.</summary>
    public const string Help =
        """
        Usage: dotnet run --project rehearsal -- [options]

        Plays four weeks of a city against City Brain, and the months until the last case is closed: 1,000 service requests of New York's 311,
        rivers that rise, staff who answer when the real ones did. Everything goes through HTTP and Service Bus; only the clock is fast.

          --seed N      another cast of people (default 311)
          --seconds N   real seconds for the four weeks, 5 to 3600 (default 60)
          --limit N     only the first N rows of the sample
          --exit        end after the summary: exit code 0 when every appeal is accounted for, else 1
          --help        this text

        replay FILE... [--kill N] sends messages (JSON lines with id, title, text, time, user; or a .csv of 311 requests) through the app and says where
        each went; with --kill the app is killed N times meanwhile, and what early warning knows in the end is compared with an uninterrupted run.
        draw-city --input CSV --output areas.geojson draws the areas of the demo city.
        """;

    /// <summary>Reads the command line; a fault is a sentence.</summary>
    public static (RehearsalOptions? Options, string? Fault) Parse(IReadOnlyList<string> arguments)
    {
        var options = new RehearsalOptions();
        for (var i = 0; i < arguments.Count; i++)
        {
            var value = i + 1 < arguments.Count && double.TryParse(arguments[i + 1], CultureInfo.InvariantCulture, out var number) ? number : (double?)null;
            switch (arguments[i], value)
            {
                case ("--exit", _):
                    options = options with { Exit = true };
                    continue;
                case ("--seed", { } seed) when seed == (int)seed:
                    options = options with { Seed = (int)seed };
                    break;
                case ("--seconds", >= 5 and <= 3600):
                    options = options with { Seconds = value!.Value };
                    break;
                case ("--limit", >= 1 and <= 1_000_000):
                    options = options with { Limit = (int)value!.Value };
                    break;
                default:
                    return (null, $"'{arguments[i]}' is not understood here; --help says what is.");
            }

            i++;
        }

        return (options, null);
    }
}
