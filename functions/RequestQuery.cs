using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace CityBrain;

/// <summary>Reads parts of a query: what is out of range is an answer that says the range, never an exception.</summary>
public static class RequestQuery
{
    /// <summary>A number in the query, or its default; null with a problem when it is out of range.</summary>
    public static (int? Number, IResult? Problem) NumberOf(HttpRequest request, string name, int? standard, int least, int most)
    {
        var text = request.Query[name].ToString();
        return text.Length == 0 ? (standard, null)
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? (number, null)
            : (null, Problem.Invalid("INVALID_QUERY", $"{name}: {least} to {most}."));
    }

    /// <summary>One of the names of an enumeration in the query, or its default; null with a problem when it is none.</summary>
    public static (T? Value, IResult? Problem) NameOf<T>(HttpRequest request, string name, T? standard)
        where T : struct, Enum
    {
        var text = request.Query[name].ToString();
        return text.Length == 0 ? (standard, null)
            : EnumNames.TryParse<T>(text, out var value) ? (value, null)
            : (null, Problem.Invalid("INVALID_QUERY", $"{name}: one of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}."));
    }
}
