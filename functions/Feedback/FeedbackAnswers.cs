using CityBrain.Resources;
using Microsoft.AspNetCore.Http;

namespace CityBrain.Feedback;

/// <summary>How the public hears what became of a link or an answer, as a page or as JSON: never what else could be done with the case.</summary>
internal static class FeedbackAnswers
{
    /// <summary>404: the link was not made here.</summary>
    public static IResult Unknown(HttpRequest request, FeedbackPage page) => HtmlPage.IsWanted(request)
        ? page.Say("FeedbackUnknown", Texts.For(request), StatusCodes.Status404NotFound)
        : Problem.Of(StatusCodes.Status404NotFound, "UNKNOWN_LINK", "There is no such feedback link.");

    /// <summary>410: the link was good once.</summary>
    public static IResult Gone(bool expired, HttpRequest request, FeedbackPage page) => HtmlPage.IsWanted(request)
        ? page.Say(expired ? "FeedbackExpired" : "FeedbackAnswered", Texts.For(request), StatusCodes.Status410Gone)
        : Problem.Of(StatusCodes.Status410Gone, expired ? "EXPIRED" : "ANSWERED", expired ? "Too late: the time to answer is over." : "Already answered.");
}
