using System.Globalization;
using CityBrain.Feedback;
using CityBrain.Rehearsal.Plan;

namespace CityBrain.Rehearsal.Play;

/// <summary>What departments reply: the matter, the place and the time as the row has them, then the words of the real agency; and more when those are sent back.</summary>
internal static class ReplyText
{
    private const string OfSensor = "A crew checked the place on site, closed what was at risk and stays until the device is back to normal.";
    private const string Again = "Visited again after the reporter said that it was not solved. ";
    private const string Closing = " and is closed on its side; it published no more.";

    /// <summary>The first reply of a round.</summary>
    /// <param name="plan">The row; null for a sensor's case.</param>
    /// <param name="at">When the department replies.</param>
    /// <param name="again">True: the reporter was not content before.</param>
    public static string First(PlannedAppeal? plan, DateTimeOffset at, bool again)
    {
        var text = plan switch
        {
            null => OfSensor,
            { Row.Resolution: "" } => Heading(plan, at) + $"Closed by {plan.Row.AgencyName}; no description of what was done was published.",
            _ => Heading(plan, at) + plan.Row.Resolution,
        };
        return Shortened(again ? Again + text : text);
    }

    /// <summary>The reply after one was sent back.</summary>
    public static string Fuller(string refused, PlannedAppeal? plan) =>
        Shortened($"{refused} The matter was handled by {plan?.Row.AgencyName ?? "the department"}{Closing}");

    /// <summary>True when the department has said all that it has to say.</summary>
    public static bool IsFuller(string reply) => reply.EndsWith(Closing, StringComparison.Ordinal);

    private static string Heading(PlannedAppeal plan, DateTimeOffset at)
    {
        string[] parts = [plan.Row.Complaint, plan.Row.Descriptor, plan.Row.LocationType, plan.Row.Address];
        return string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", parts.Where(part => part.Length > 0))}; {at:d MMMM yyyy, HH:mm}. ");
    }

    private static string Shortened(string text) => text.Length <= Reply.MaxLength ? text : text[..Reply.MaxLength];
}
