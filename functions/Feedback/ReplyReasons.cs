using System.Globalization;
using CityBrain.Cases;

namespace CityBrain.Feedback;

/// <summary>Puts into words what the gate found. Nothing of the wording of appeal or reply is in them. Pure.</summary>
public static class ReplyReasons
{
    /// <summary>One line for the history: the score, and what is wrong if anything is.</summary>
    public static string Of(ReplyFinding finding)
    {
        var score = string.Create(CultureInfo.InvariantCulture, $"score {finding.Score:0.00}");
        return finding.Faults.Count == 0 ? score : $"{score}. {string.Join(" ", Sentences(finding))}";
    }

    /// <summary>A sentence for each fault.</summary>
    public static IReadOnlyList<string> Sentences(ReplyFinding finding) => [.. finding.Faults.Select(fault => Sentence(fault, finding))];

    private static string Sentence(ReplyFault fault, ReplyFinding finding) => fault switch
    {
        ReplyFault.TooShort => "The reply is too short to say what was done.",
        ReplyFault.RepeatsAppeal => "The reply repeats the appeal.",
        ReplyFault.OnlySetPhrases => "The reply has nothing but set phrases: say what was done or found, why, where and when.",
        ReplyFault.SameAsRejected => "The same reply was sent back before, word for word.",
        ReplyFault.AnotherPlace => "The reply speaks of another place and takes up nothing that was asked.",
        ReplyFault.AsksUnanswered => $"{finding.UnansweredCount} of {finding.Asks} asks seem unanswered.",
        ReplyFault.NoDeed => "The reply says neither what was done or found nor why.",
        ReplyFault.NoPlace => "The reply does not say where.",
        ReplyFault.NoTime => "The reply does not say when.",
        ReplyFault.DatedBefore => "The reply bears only days before the appeal.",
        ReplyFault.CalledUnsolved => "The reporter called it unsolved before: somebody other than the author looks on the spot.",
        _ => "The score is low.",
    };
}
