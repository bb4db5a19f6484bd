using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace CityBrain.Benchmarks;

/// <summary>Figures of one benchmark: printed as a table, and as JSON.</summary>
internal sealed class Report(string benchmark)
{
    private static readonly JsonSerializerOptions Indented = new(CityJson.Options) { WriteIndented = true };

    private readonly List<Figure> _figures = [];

    /// <summary>Adds the rates of the rounds; the median counts.</summary>
    public void AddRate(string name, string unit, IEnumerable<double> rounds)
    {
        var sorted = rounds.Order().ToArray();
        _figures.Add(new Figure(name, unit, sorted[sorted.Length / 2], sorted[0], sorted[^1]));
    }

    /// <summary>Adds a single figure.</summary>
    public void Add(string name, string unit, double value) => _figures.Add(new Figure(name, unit, value, null, null));

    /// <summary>The median of a figure.</summary>
    public double this[string name] => _figures.First(figure => figure.Name == name).Median;

    /// <summary>Prints the table and the JSON, and writes the JSON to a file if one is named.</summary>
    public void Print(string? jsonFile)
    {
        var table = new Table().Title(benchmark).AddColumn("figure").AddColumn(new TableColumn("median").RightAligned()).AddColumn(new TableColumn("min").RightAligned())
            .AddColumn(new TableColumn("max").RightAligned()).AddColumn("unit");
        foreach (var figure in _figures)
        {
            table.AddRow(Markup.Escape(figure.Name), Text(figure.Median), Text(figure.Min), Text(figure.Max), Markup.Escape(figure.Unit));
        }

        AnsiConsole.Write(table);
        var json = JsonSerializer.Serialize(new { benchmark, cores = Environment.ProcessorCount, figures = _figures }, Indented);
        Console.WriteLine(json);
        if (jsonFile is not null)
        {
            File.WriteAllText(jsonFile, json);
        }
    }

    private static string Text(double? value) => value is { } number ? number.ToString(number < 10 ? "0.00" : "#,##0", CultureInfo.InvariantCulture) : "";

    private sealed record Figure(string Name, string Unit, double Median, double? Min, double? Max);
}
