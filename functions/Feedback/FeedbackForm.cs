using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace CityBrain.Feedback;

/// <summary>A reporter's answer as it comes over the wire, JSON or form: every question must be answered.</summary>
public sealed record FeedbackForm(bool? Contacted, bool? Solved, bool? Satisfied, string? Comment)
{
    private const int BodyLimit = 16 * 1024;
    private const int MostFields = 8;

    /// <summary>The command, or what is missing.</summary>
    public (AnswerFeedback? Answer, IReadOnlyList<string> Faults) ToAnswer()
    {
        var comment = Comment?.ReplaceLineEndings("\n").Trim();
        string?[] faults =
        [
            Contacted is null ? "contacted: yes or no." : null,
            Solved is null ? "solved: yes or no." : null,
            Satisfied is null ? "satisfied: yes or no." : null,
            comment?.Length > AnswerFeedback.MaxComment ? $"comment: at most {AnswerFeedback.MaxComment} characters." : null,
        ];
        return faults.OfType<string>().ToList() is { Count: > 0 } found
            ? (null, found)
            : (new AnswerFeedback(Contacted!.Value, Solved!.Value, Satisfied!.Value, string.IsNullOrEmpty(comment) ? null : comment), []);
    }

    /// <summary>Reads the body of a request, or says what to answer instead.</summary>
    public static async Task<(FeedbackForm? Form, IResult? Problem)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (body, problem) = await RequestBody.ReadBytesAsync(request, BodyLimit, cancellationToken);
        if (problem is not null)
        {
            return (null, problem);
        }

        if (request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) is true)
        {
            return FromForm(Encoding.UTF8.GetString(body.Span));
        }

        var (form, fault) = RequestBody.Parse<FeedbackForm>(body.Span);
        return form is null ? (null, CityBrain.Problem.Invalid("MALFORMED_JSON", fault ?? "Send the answers as a JSON object.")) : (form, null);
    }

    private static (FeedbackForm? Form, IResult? Problem) FromForm(string body)
    {
        try
        {
            using var reader = new FormReader(body) { ValueCountLimit = MostFields };
            var fields = reader.ReadForm();
            return (new FeedbackForm(YesNo("contacted"), YesNo("solved"), YesNo("satisfied"), fields.GetValueOrDefault("comment")), null);

            bool? YesNo(string name) => fields.GetValueOrDefault(name).ToString() switch
            {
                "yes" or "true" => true,
                "no" or "false" => false,
                _ => null,
            };
        }
        catch (InvalidDataException)
        {
            return (null, CityBrain.Problem.Invalid("MALFORMED_FORM", "The form is not as the page sends it."));
        }
    }
}
