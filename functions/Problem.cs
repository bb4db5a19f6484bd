using Microsoft.AspNetCore.Http;

namespace CityBrain;

/// <summary>Every error of the API: problem details with a stable <c>code</c> and a sentence that says what to do.</summary>
public static class Problem
{
    /// <summary>400: the request is not as it should be; <paramref name="errors"/> has a line for each fault.</summary>
    public static IResult Invalid(string code, string detail, IEnumerable<string>? errors = null) => Of(400, code, detail, errors is null ? null : new() { ["errors"] = errors });

    /// <summary>403: known, but not allowed.</summary>
    public static IResult Forbidden(string detail) => Of(403, "FORBIDDEN", detail);

    /// <summary>404: not there, or not the caller's to see.</summary>
    public static IResult NotFound(string detail) => Of(404, "NOT_FOUND", detail);

    /// <summary>A problem of any kind.</summary>
    public static IResult Of(int status, string code, string detail, Dictionary<string, object?>? more = null)
    {
        more ??= [];
        more["code"] = code;
        return TypedResults.Problem(detail, statusCode: status, extensions: more);
    }
}
