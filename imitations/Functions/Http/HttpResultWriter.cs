using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;

namespace CityBrain.Embedded.Functions.Http;

/// <summary>
/// Answers a request with a function's result. As in the official ASP.NET Core integration only <see cref="IResult"/> and
/// <see cref="IActionResult"/> make an answer; without one the response stays as the function left it.
/// </summary>
internal static class HttpResultWriter
{
    public static Task WriteAsync(HttpContext http, object? result) => result switch
    {
        IResult answer => answer.ExecuteAsync(http),
        IActionResult answer => answer.ExecuteResultAsync(new ActionContext(http, http.GetRouteData(), new ActionDescriptor())),
        _ => Task.CompletedTask,
    };

    /// <summary>True when a function declared to return <paramref name="type"/> can answer a request.</summary>
    public static bool CanAnswerWith(Type type)
    {
        if (type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>)))
        {
            type = type.GetGenericArguments()[0];
        }

        return type == typeof(void) || type == typeof(Task) || type == typeof(ValueTask) || type == typeof(object)
            || type.IsAssignableTo(typeof(IResult)) || type.IsAssignableTo(typeof(IActionResult));
    }
}
