using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace CityBrain.Embedded.Tables.Rest;

/// <summary>
/// Checks who asks: SharedKey and SharedKeyLite in the forms for tables, as documented under "Authorize with Shared Key". Signatures are
/// compared in constant time. The date may differ from real time by 15 minutes, whatever time it is in the city.
/// </summary>
internal sealed class SharedKey(TableAccount account)
{
    private const string Lite = "SharedKeyLite ";
    private const string Full = "SharedKey ";
    private static readonly TimeSpan LargestSkew = TimeSpan.FromMinutes(15);

    /// <summary>Null when the caller has signed with the account's key.</summary>
    /// <param name="request">The request, for its headers.</param>
    /// <param name="path">The path as it came over the wire.</param>
    /// <param name="options">The query.</param>
    public TableError? Check(HttpRequest request, ReadOnlySpan<char> path, QueryOptions options)
    {
        string? authorization = request.Headers.Authorization;
        if (string.IsNullOrEmpty(authorization))
        {
            return options.IsSigned ? TableError.AuthenticationFailed("Shared access signatures are not served here; sign with the account's key.") : TableError.NoAuthentication;
        }

        var isLite = authorization.StartsWith(Lite, StringComparison.OrdinalIgnoreCase);
        if (!isLite && !authorization.StartsWith(Full, StringComparison.OrdinalIgnoreCase))
        {
            return TableError.AuthenticationFailed("Only SharedKey and SharedKeyLite are served here; sign with the account's key.");
        }

        var credential = authorization.AsSpan(isLite ? Lite.Length : Full.Length).Trim();
        var colon = credential.IndexOf(':');
        if (colon < 0 || !credential[..colon].SequenceEqual(account.Name))
        {
            return TableError.AuthenticationFailed("The Authorization header names another account, or is malformed.");
        }

        string? date = request.Headers["x-ms-date"];
        date = string.IsNullOrEmpty(date) ? request.Headers.Date : date;
        if (!DateTimeOffset.TryParseExact(date, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            || (TimeProvider.System.GetUtcNow() - instant).Duration() > LargestSkew)
        {
            return TableError.AuthenticationFailed("The x-ms-date header is missing, malformed, or more than 15 minutes from now.");
        }

        using var text = new PooledBuffer(256);
        if (!isLite)
        {
            AppendLine(text, request.Method);
            AppendLine(text, request.Headers.ContentMD5);
            AppendLine(text, request.ContentType);
        }

        AppendLine(text, date);
        AppendResource(text, path, options.Component);
        return Matches(text.Span, credential[(colon + 1)..]) ? null : TableError.AuthenticationFailed("The signature does not match: the key, or what was signed, is another.");
    }

    private static void AppendLine(PooledBuffer text, string? value)
    {
        text.Append(value);
        text.Append("\n"u8);
    }

    private void AppendResource(PooledBuffer text, ReadOnlySpan<char> path, string? component)
    {
        text.Append("/"u8);
        text.Append(account.Name);
        text.Append(path);
        if (!string.IsNullOrEmpty(component))
        {
            text.Append("?comp="u8);
            text.Append(component);
        }
    }

    private bool Matches(ReadOnlySpan<byte> text, ReadOnlySpan<char> signature)
    {
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(account.Key, text, expected);
        return signature.Length <= 2 * HMACSHA256.HashSizeInBytes
            && Convert.TryFromBase64Chars(signature, given, out var length)
            && CryptographicOperations.FixedTimeEquals(expected, given[..length]);
    }
}
