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
}
