namespace CityBrain.Language;

/// <summary>
/// Scores how well a reply answers its message, and says why: shared rare n-grams, whom it addresses, the place and day that it names (score); what it
/// gives as reason, deed and time beyond set phrases (explains). Chinese and English. Pure, safe for any number of threads.
/// </summary>
/// <remarks>The weights are logistic regressions on 1,419 real pairs, rounded; the features are listed at <see cref="ReplyFeatures"/>.</remarks>
/// <param name="statistics">How rare n-grams are; learned from messages and replies of the same kind, or <see cref="NgramStatistics.None"/>.</param>
public sealed class ReplyCheck(NgramStatistics statistics)
{
    private const double SubjectShare = 0.25;
    private const double DetailShare = 0.1;
    private const double LittleSubstance = 3.6;
    private const double SomeSubstance = 4.4;

    /// <summary>Judges a pair.</summary>
    public ReplyAssessment Assess(ReplyPair pair)
    {
        var features = ReplyFeatures.Of(pair, statistics);
        var cues = Cues(features);
        return new ReplyAssessment(
            Logistic(Answers(features)),
            Logistic(Explains(features)),
            [.. cues.Where(cue => cue.Found == true && cue.Cue < ReplyCue.NamesOtherAsker).Select(cue => cue.Cue)],
            [.. cues.Where(cue => cue.Found == false && cue.Cue < ReplyCue.NamesOtherAsker).Select(cue => cue.Cue)],
            [.. cues.Where(cue => cue.Found == true && cue.Cue >= ReplyCue.NamesOtherAsker).Select(cue => cue.Cue)]);
    }

    /// <summary>Log-odds that the reply belongs to the message. A long reply shares words by chance: its length counts against it.</summary>
    private static double Answers(ReplyFeatures f) =>
        1.35 + (1.6 * f.Title) + (1.9 * (Math.Log(f.Title + 0.02) + 4)) + (2.4 * f.Details) + (7 * Math.Sqrt(f.Details)) + (3 * f.Quote)
        + (4.6 * f.Asker) + (1.6 * f.Place) - (2.8 * f.Early) - (0.75 * f.Substance);

    /// <summary>Log-odds that a person finds that the reply explains itself.</summary>
    private static double Explains(ReplyFeatures f)
    {
        var shortfall = Math.Max(0, 5 - f.Substance);
        return 1 + (0.8 * f.Substance) - (2.6 * shortfall) + (1.7 * f.Reasons) + (0.9 * f.Points) - (0.7 * f.Times) - (0.7 * f.PassesOn * shortfall)
            + (0.2 * f.Title) + (3.6 * Math.Sqrt(f.Details));
    }

    /// <summary>Each cue: true when it is there, false when it is missing, null when it cannot be asked for.</summary>
    private static List<(ReplyCue Cue, bool? Found)> Cues(ReplyFeatures f) =>
    [
        (ReplyCue.AddressesAsker, f.AskerKnown ? f.Asker > 0 : null),
        (ReplyCue.NamesSubject, f.Title >= SubjectShare),
        (ReplyCue.TakesUpDetails, f.Details >= DetailShare),
        (ReplyCue.NamesPlace, f.PlaceAsked ? f.Place > 0 : null),
        (ReplyCue.GivesReason, f.Reasons > 0),
        (ReplyCue.SaysWhatWasDone, f.Deeds > 0),
        (ReplyCue.NamesTime, f.Times > 0),
        (ReplyCue.PromisesByDate, f.Promises > 0 ? true : null),
        (ReplyCue.GoesPointByPoint, f.Points > 0 ? true : null),
        (ReplyCue.NamesOtherAsker, f.Asker < 0),
        (ReplyCue.NamesOtherPlace, f.Place < 0),
        (ReplyCue.DatedBeforeMessage, f.Early > 0),
        (ReplyCue.OnlyPassesOn, f.PassesOn > 0 && f.Substance < SomeSubstance && f.Reasons == 0),
        (ReplyCue.OnlySetPhrases, f.Substance < LittleSubstance),
    ];

    private static double Logistic(double logOdds) => 1 / (1 + Math.Exp(-logOdds));
}
