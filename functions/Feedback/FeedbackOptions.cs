using System.ComponentModel.DataAnnotations;

namespace CityBrain.Feedback;

/// <summary>Settings of feedback, section <c>Feedback</c>.</summary>
public sealed class FeedbackOptions
{
    /// <summary>Days for which a reporter's link is good after the reply; then the case closes as unanswered.</summary>
    [Range(1, 90)]
    public int AnswerDays { get; set; } = 14;

    /// <summary>Days after closing during which the reporter may still say "unsolved", while the link is good.</summary>
    [Range(0, 90)]
    public int ReopenDays { get; set; } = 7;

    /// <summary>How often somebody tries to reach a reporter who does not answer.</summary>
    [Range(1, 5)]
    public int CallTries { get; set; } = 3;

    /// <summary>Days without a new sign after which what a warning opened is taken as solved.</summary>
    [Range(1, 90)]
    public int QuietDays { get; set; } = 7;

    /// <summary>Hours from one try to the next, put off to working hours.</summary>
    [Range(1, 336)]
    public int HoursBetweenTries { get; set; } = 48;
}
