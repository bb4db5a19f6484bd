using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace CityBrain.Resources;

/// <summary>
/// A page as an answer: nothing is stored, nothing is loaded from elsewhere, no address leaks, and only styles and scripts that carry the
/// page's own nonce are run.
/// </summary>
/// <param name="html">The page; its style and script elements carry <paramref name="nonce"/>.</param>
/// <param name="nonce">From <see cref="NewNonce"/>.</param>
/// <param name="status">HTTP status.</param>
public sealed class HtmlPage(string html, string nonce, int status = StatusCodes.Status200OK) : IResult
{
    /// <summary>HTTP status.</summary>
    public int Status => status;

    /// <summary>The page.</summary>
    public string Html => html;

    /// <summary>A nonce for one answer.</summary>
    public static string NewNonce() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));

    /// <summary>True when the caller would rather have a page than JSON: it accepts HTML, and no JSON before it.</summary>
    public static bool IsWanted(HttpRequest request)
    {
        var accept = request.Headers.Accept.ToString();
        var (page, json) = (accept.IndexOf("text/html", StringComparison.OrdinalIgnoreCase), accept.IndexOf("application/json", StringComparison.OrdinalIgnoreCase));
        return page >= 0 && (json < 0 || page < json);
    }

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        Protect(response.Headers);
        response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        return response.WriteAsync(html, httpContext.RequestAborted);
    }

    /// <summary>Headers for every answer, page or not, whose address is a secret.</summary>
    public static void Protect(IHeaderDictionary headers)
    {
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers.XContentTypeOptions = "nosniff";
        headers["X-Robots-Tag"] = "noindex";
    }
}
