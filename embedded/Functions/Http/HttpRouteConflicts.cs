using Microsoft.AspNetCore.Routing.Patterns;

namespace CityBrain.Embedded.Functions.Http;

/// <summary>Finds two functions that would both answer one request, while the host starts rather than when the request comes.</summary>
internal static class HttpRouteConflicts
{
    /// <exception cref="InvalidOperationException">Two functions have the same route and a method in common.</exception>
    public static void Check(IEnumerable<HttpFunction> routes)
    {
        var taken = new Dictionary<(string Shape, string Method), HttpFunction>();
        foreach (var route in routes)
        {
            var shape = Shape(route.Pattern);
            foreach (var method in route.Methods.DefaultIfEmpty("*"))
            {
                if (!taken.TryAdd((shape, method), route))
                {
                    throw new InvalidOperationException(
                        $"The functions '{taken[(shape, method)].Name}' and '{route.Name}' both answer {method} /{route.Pattern.RawText}; give one of them another route or method.");
                }
            }
        }
    }

    // Names of parameters do not tell routes apart; literals (without case) and constraints do.
    private static string Shape(RoutePattern pattern) =>
        string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(Shape))));

    private static string Shape(RoutePatternPart part) => part switch
    {
        RoutePatternLiteralPart literal => literal.Content.ToUpperInvariant(),
        RoutePatternSeparatorPart separator => separator.Content,
        RoutePatternParameterPart parameter =>
            $"{{{(parameter.IsCatchAll ? "*" : "")}:{string.Join(':', parameter.ParameterPolicies.Select(policy => policy.Content))}}}",
        _ => "",
    };
}
