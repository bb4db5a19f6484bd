using System.Net;
using System.Text;

namespace CityBrain.Embedded.Functions.Http;

/// <summary>The page at <c>/</c>, for a person who wonders what runs here.</summary>
internal static class HomePage
{
    public static string Write(IEnumerable<HttpFunction> routes)
    {
        var rows = new StringBuilder();
        foreach (var route in routes.OrderBy(route => route.Pattern.RawText, StringComparer.Ordinal))
        {
            var methods = route.Methods.Length == 0 ? "any" : string.Join(", ", route.Methods);
            rows.Append("<tr><td>").Append(WebUtility.HtmlEncode(methods)).Append("</td><td><code>/").Append(WebUtility.HtmlEncode(route.Pattern.RawText))
                .Append("</code></td><td>").Append(WebUtility.HtmlEncode(route.Name)).AppendLine("</td></tr>");
        }

        return $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>Functions</title>
            <style>body{"{"}font:16px sans-serif;margin:2rem{"}"}td{"{"}padding:.2rem 1rem .2rem 0{"}"}</style></head>
            <body><h1>The functions are running</h1>
            <table>
            {rows}</table></body></html>
            """;
    }
}
