using CityBrain.Feedback;
using CityBrain.Rehearsal.Plan;

namespace CityBrain.Rehearsal.Play;

/// <summary>What departments reply: the words of the real agency, and more of them when the gate of the city finds them too short.</summary>
internal static class ReplyText
{
    private const string OfSensor = "A crew checked the place on site, closed what was at risk and stays until the device is back to normal.";
    private const string Again = "Visited again after the reporter said that it was not solved. ";

    /// <summary>The first reply of a round.</summary>
    public static string First(PlannedAppeal? plan, bool again)
    {
        var text = plan switch
        {
            null => OfSensor,
            { Row.Resolution: "" } => $"Closed by {plan.Row.AgencyName}; no description of what was done was published.",
            _ => plan.Row.Resolution,
        };
        return Shortened(again ? Again + text : text);
    }

    /// <summary>The reply after the gate refused one.</summary>
    public static string Fuller(string refused, PlannedAppeal? plan) =>
        Shortened($"{refused} The matter was handled by {plan?.Row.AgencyName ?? "the department"} and is closed on its side.");

    private static string Shortened(string text) => text.Length <= Reply.MaxLength ? text : text[..Reply.MaxLength];
}
