namespace CityBrain.Benchmarks;

/// <summary>Options of the verbs that read texts: names with one value, or with several.</summary>
internal sealed class LanguageOptions
{
    private readonly Dictionary<string, List<string>> _values = [];

    /// <summary>Reads the command line.</summary>
    /// <param name="args">The verb, then options.</param>
    /// <param name="valued">Options with one value or more.</param>
    /// <param name="flags">Options without a value.</param>
    /// <exception cref="ArgumentException">An option is unknown or has no value.</exception>
    public LanguageOptions(string[] args, string[] valued, string[] flags)
    {
        for (var i = 1; i < args.Length;)
        {
            var name = args[i++];
            if (!valued.Contains(name) && !flags.Contains(name))
            {
                throw new ArgumentException($"{args[0]} has no option '{name}'. It takes {string.Join(", ", valued.Concat(flags))}.");
            }

            var values = _values.TryGetValue(name, out var known) ? known : _values[name] = [];
            while (valued.Contains(name) && i < args.Length && !args[i].StartsWith("--", StringComparison.Ordinal))
            {
                values.Add(args[i++]);
            }

            if (valued.Contains(name) && values.Count == 0)
            {
                throw new ArgumentException($"{name} needs a value.");
            }
        }
    }

    /// <summary>True if the option is there.</summary>
    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>All values of an option.</summary>
    public IReadOnlyList<string> All(string name) => _values.TryGetValue(name, out var values) ? values : [];

    /// <summary>The value of an option, or null.</summary>
    /// <exception cref="ArgumentException">It has more than one.</exception>
    public string? One(string name) => All(name) switch
    {
        [] => null,
        [var value] => value,
        _ => throw new ArgumentException($"{name} takes one value."),
    };

    /// <summary>The value of an option that must be there.</summary>
    /// <exception cref="ArgumentException">It is not, or has more than one value.</exception>
    public string Needed(string name) => One(name) ?? throw new ArgumentException($"{name} is needed.");
}
