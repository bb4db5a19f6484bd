namespace CityBrain.Supervision;

/// <summary>By which rules a table of rates is made; a frozen month keeps those of its time.</summary>
/// <param name="MinimumAnswers">Fewest answers for a rate.</param>
/// <param name="ResponseWeight">Share of the response rate in the score, in percent.</param>
/// <param name="ResolutionWeight">Share of the resolution rate, in percent.</param>
/// <param name="SatisfactionWeight">Share of the satisfaction rate, in percent.</param>
public sealed record RateRules(int MinimumAnswers, int ResponseWeight, int ResolutionWeight, int SatisfactionWeight)
{
    /// <summary>The rules of the settings.</summary>
    public static RateRules Of(SupervisionOptions options) => new(options.MinimumAnswers, options.ResponseWeight, options.ResolutionWeight, options.SatisfactionWeight);
}
