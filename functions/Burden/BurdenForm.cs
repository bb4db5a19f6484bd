using CityBrain.City;
using CityBrain.Supervision;

namespace CityBrain.Burden;

/// <summary>A form 报表 that workers are asked to fill, or that was refused. Immutable.</summary>
/// <param name="Id">Made from the caller and the caller's own number.</param>
/// <param name="By">Who asks.</param>
/// <param name="Month">In which month.</param>
/// <param name="Title">What it is called, redacted.</param>
/// <param name="Fields">What is to be filled in.</param>
/// <param name="Areas">Workers of these areas and of all in them.</param>
/// <param name="Levels">Workers of these levels: grid, community.</param>
/// <param name="DueAt">To be filled by then.</param>
public sealed record BurdenForm(string Id, string By, Month Month, string Title, IReadOnlyList<string> Fields, IReadOnlyList<string> Areas, IReadOnlyList<AreaLevel> Levels, DateTimeOffset DueAt)
{
    /// <summary>When the workers were asked; null when it was refused.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>Fields that were refused because the city knows them, in whatever tries.</summary>
    public IReadOnlyList<string> RefusedFields { get; init; } = [];

    /// <summary>True when a worker is among those who are asked.</summary>
    public bool IsFor(Department worker, AreaMap areas) =>
        worker.AreaId is { } own && Levels.Contains(areas.Find(own)!.Level) && areas.Chain(own).Any(area => Areas.Contains(area.Id, StringComparer.Ordinal));

    /// <summary>True when both ask the same of the same.</summary>
    public bool AsksLike(BurdenForm other) =>
        Title == other.Title && DueAt == other.DueAt && Fields.SequenceEqual(other.Fields) && Areas.SequenceEqual(other.Areas) && Levels.SequenceEqual(other.Levels);
}

/// <summary>What comes of asking for a form. Pure.</summary>
/// <param name="Next">What is to be stored; null when nothing is.</param>
/// <param name="Code">Stable code of the refusal; null when the form is there.</param>
/// <param name="Known">The fields that the city knows.</param>
/// <param name="Full">The workers that have their forms for the month.</param>
public sealed record FormVerdict(BurdenForm? Next, string? Code, IReadOnlyList<AskedKnown> Known, IReadOnlyList<string> Full)
{
    /// <summary>The verdict on a form.</summary>
    /// <param name="wanted">The form.</param>
    /// <param name="there">What is there under its id; null when nothing is.</param>
    /// <param name="ofMonth">The other forms of the month.</param>
    /// <param name="city">Registries, cap and workers.</param>
    /// <param name="now">When.</param>
    public static FormVerdict Of(BurdenForm wanted, BurdenForm? there, IReadOnlyList<BurdenForm> ofMonth, CityModel city, DateTimeOffset now)
    {
        if (there is { AskedAt: not null })
        {
            return there.AsksLike(wanted) ? new(null, null, [], []) : new(null, "FORM_EXISTS", [], []);
        }

        var known = wanted.Fields.Select(field => (field, Known: city.Known.Find(field))).Where(pair => pair.Known is not null)
            .Select(pair => new AskedKnown(pair.field, pair.Known!.Field, pair.Known.Name)).ToList();
        if (known.Count > 0)
        {
            string[] refused = [.. (there?.RefusedFields ?? []).Union(known.Select(field => field.Field), StringComparer.Ordinal)];
            return new(there is not null && refused.Length == there.RefusedFields.Count ? null : wanted with { Month = there?.Month ?? wanted.Month, RefusedFields = refused }, "FIELDS_KNOWN", known, []);
        }

        var asked = ofMonth.Where(form => form.AskedAt is not null).ToList();
        var full = city.Workers.Where(worker => wanted.IsFor(worker, city.Areas) && asked.Count(form => form.IsFor(worker, city.Areas)) >= city.Dispatch.Burden.FormsPerMonth).Select(worker => worker.Id).ToList();
        return full.Count > 0
            ? new(null, "FORM_CAP", [], full)
            : new(wanted with { AskedAt = now, RefusedFields = there is not null && there.Month == wanted.Month ? there.RefusedFields : [] }, null, [], []);
    }
}

/// <summary>A field that was asked for and is known.</summary>
/// <param name="Field">As the form has it.</param>
/// <param name="Source">Where the city holds it.</param>
/// <param name="Name">What people call it.</param>
public sealed record AskedKnown(string Field, string Source, LocalizedName Name);
