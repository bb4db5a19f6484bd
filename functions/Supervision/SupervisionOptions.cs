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

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ResponseWeight + ResolutionWeight + SatisfactionWeight != 100)
        {
            yield return new ValidationResult("Supervision:ResponseWeight, ResolutionWeight and SatisfactionWeight must add up to 100.");
        }
    }
}
