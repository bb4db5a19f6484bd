using System.Diagnostics;
using CityBrain.Language;

namespace CityBrain.Benchmarks;

/// <summary>
/// Trains the classifier on labelled texts; answers a test file, or without one measures itself by five-fold cross-validation: once with each
/// text for itself, once with near-duplicates kept in one fold.
/// </summary>
internal static class ClassifyBenchmark
{
    private const int Folds = 5;
    private const int Rounds = 6;
    private const double SameMatter = 0.5;

    public static int Run(string[] args)
    {
        var options = new LanguageOptions(args, ["--train", "--test", "--output", "--json"], []);
        var train = options.All("--train").SelectMany(Read).ToList();
        var (test, output) = (options.One("--test"), options.One("--output"));
        if (train.Count == 0 || (test is null) != (output is null))
        {
            throw new ArgumentException("classify needs --train FILE..., and --test FILE with --output FILE or neither.");
        }

        var report = new Report("classify");
        var started = Stopwatch.GetTimestamp();
        var model = ClassifierTraining.Train(train);
        report.Add("training texts", "texts", train.Count);
        report.Add("training", "s", Stopwatch.GetElapsedTime(started).TotalSeconds);
        report.Add("n-grams kept", "n-grams", model.FeatureCount);
        if (test is not null)
        {
            Answer(model, Read(test), output!, report);
        }
        else
        {
            Validate(model, train, report);
        }

        report.Add("peak memory", "MiB", BenchmarkApp.PeakMemoryMiB);
        report.Print(options.One("--json"));
        return 0;
    }

    private static void Answer(LinearClassifier model, List<LabelledText> texts, string output, Report report)
    {
        AddRate(model, texts, report);
        var predictions = texts.AsParallel().AsOrdered().Select(text => model.Predict(text.Title, text.Text)).ToList();
        File.WriteAllLines(output, predictions.Select(prediction => CityJson.Write(new { prediction.Label, prediction.P, prediction.Top, prediction.Evidence, prediction.ModelVersion })));
        var known = texts.Zip(predictions).Where(pair => pair.First.Label is not null)
            .Select(pair => new ScoredAnswer(pair.First.Label!, pair.Second.Label, pair.Second.P)).ToList();
        report.Add("predictions written", "texts", predictions.Count);
        if (known.Count > 0)
        {
            AddScores("", ClassifierScores.Of(known), report);
        }
    }

    private static void Validate(LinearClassifier model, List<LabelledText> texts, Report report)
    {
        AddRate(model, texts, report);
        var scores = ClassifierScores.Of(CrossValidation.Answers(texts, Folds));
        AddScores("", scores, report);
        var groups = NearDuplicates.Groups(texts.Count, NearDuplicates.Join([.. texts.Select(text => text.Title + text.Text)], SameMatter));
        AddScores(", near-duplicates in one fold", ClassifierScores.Of(CrossValidation.Answers(texts, Folds, groups)), report);
        Console.WriteLine(ModelCard.Write(model, scores, Folds, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime)));
    }

    private static void AddScores(string kind, ClassifierScores scores, Report report)
    {
        report.Add("macro-F1" + kind, "of 1", scores.MacroF1);
        report.Add("accuracy" + kind, "of 1", scores.Accuracy);
        report.Add("calibration error" + kind, "of 1", scores.CalibrationError);
    }

    private static void AddRate(LinearClassifier model, List<LabelledText> texts, Report report)
    {
        var rates = new List<double>();
        using var process = Process.GetCurrentProcess();
        var processorTime = process.TotalProcessorTime;
        for (var round = 0; round < Rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            Parallel.ForEach(texts, () => new float[model.Labels.Count], (text, _, probabilities) =>
            {
                model.Score(text.Title, text.Text, probabilities);
                return probabilities;
            }, _ => { });
            rates.Add(texts.Count / Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        process.Refresh();
        report.AddRate("texts scored", "1/s", rates.Skip(1));
        report.Add("texts scored in a second of one core", "1/s", rates.Count * texts.Count / (process.TotalProcessorTime - processorTime).TotalSeconds);
    }

    private static List<LabelledText> Read(string file) =>
        [.. JsonLines.Read<Row>(file).Select(row => new LabelledText(row.Title ?? "", row.Text ?? row.Words ?? "", row.Label))];

    private sealed record Row(string? Title, string? Text, string? Words, string? Label);
}
