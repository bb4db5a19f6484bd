using System.ComponentModel.DataAnnotations;

namespace CityBrain.Supervision;

/// <summary>Settings of supervision, section <c>Supervision</c>.</summary>
public sealed class SupervisionOptions : IValidatableObject
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Supervision";

    /// <summary>Fewest answers for a rate: below it the rate says nothing and is not ranked.</summary>
    [Range(1, 10_000)]
    public int MinimumAnswers { get; set; } = 10;

    /// <summary>Share of the response rate in the score, in percent. The three are those of one banner; a city sets its own.</summary>
    [Range(0, 100)]
    public int ResponseWeight { get; set; } = 30;

    /// <summary>Share of the resolution rate in the score, in percent.</summary>
    [Range(0, 100)]
    public int ResolutionWeight { get; set; } = 35;

    /// <summary>Share of the satisfaction rate in the score, in percent.</summary>
    [Range(0, 100)]
    public int SatisfactionWeight { get; set; } = 35;

    /// <summary>Days after its end during which a month's figures still move; on the first working day after them it is frozen.</summary>
    [Range(0, 60)]
    public int GraceDays { get; set; } = 5;

    /// <summary>Share of answered cases that the reporter calls unsolved, from which a department is flagged, in percent.</summary>
    [Range(1, 100)]
    public int UnsolvedPercent { get; set; } = 30;

    /// <summary>Share of answered cases without any contact, from which a department is flagged, in percent.</summary>
    [Range(1, 100)]
    public int NoContactPercent { get; set; } = 30;

    /// <summary>Share of replies in the last hour before they were due, from which a department is flagged, in percent.</summary>
    [Range(1, 100)]
    public int LastHourPercent { get; set; } = 30;

    /// <summary>Share of paused cases below which a department is never flagged, in percent.</summary>
    [Range(1, 100)]
    public int SuspensionPercent { get; set; } = 10;

    /// <summary>How many times its own share of the months before a department must pause to be flagged.</summary>
    [Range(1, 100)]
    public int SuspensionFactor { get; set; } = 2;

    /// <summary>How many times the others' share of whistled cases a unit must blow, or fall short of, to be flagged.</summary>
    [Range(2, 100)]
    public int WhistleFactor { get; set; } = 3;

    /// <summary>Share of whistled cases below which nobody is flagged for blowing too often, in percent.</summary>
    [Range(1, 100)]
    public int WhistlePercent { get; set; } = 20;

    /// <summary>Share of whistles to which a party did not come, from which it is flagged, in percent.</summary>
    [Range(1, 100)]
    public int AbsentPercent { get; set; } = 30;

    /// <summary>Months before, by which a department's own habit is measured.</summary>
    [Range(1, 12)]
    public int BaselineMonths { get; set; } = 3;

    /// <summary>Cases of one category in one street within 90 days, from which a problem is recurrent.</summary>
    [Range(2, 1000)]
    public int RecurrentCases { get; set; } = 5;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ResponseWeight + ResolutionWeight + SatisfactionWeight != 100)
        {
            yield return new ValidationResult("Supervision:ResponseWeight, ResolutionWeight and SatisfactionWeight must add up to 100.");
        }
    }
}
