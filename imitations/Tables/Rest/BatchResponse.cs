using System.Globalization;
using System.Text;
using Azure;
using Azure.Core;

namespace CityBrain.Embedded.Tables.Rest;

/// <summary>Cuts the multipart body of a batch response into the responses of the actions.</summary>
internal static class BatchResponse
{
    private const string StatusLine = "HTTP/1.1 ";

    public static IReadOnlyList<Response> Parse(string body)
    {
        var responses = new List<Response>();
        using var lines = new StringReader(body);
        while (lines.ReadLine() is { } line)
        {
            if (line.StartsWith(StatusLine, StringComparison.Ordinal))
            {
                responses.Add(ParseOne(int.Parse(line.AsSpan(StatusLine.Length, 3), NumberStyles.None, CultureInfo.InvariantCulture), lines));
            }
        }

        return responses;
    }

    private static TableResponse ParseOne(int status, StringReader lines)
    {
        var headers = new List<HttpHeader>();
        while (lines.ReadLine() is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                headers.Add(new(line[..colon], line[(colon + 1)..].Trim()));
            }
        }

        var body = new StringBuilder();
        while (lines.ReadLine() is { } line && !line.StartsWith("--", StringComparison.Ordinal))
        {
            body.AppendLine(line);
        }

        return new(status, headers, Encoding.UTF8.GetBytes(body.ToString().Trim()));
    }
}
