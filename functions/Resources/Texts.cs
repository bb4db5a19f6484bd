using System.Collections;
using System.Globalization;
using System.Resources;
using CityBrain.City;
using Microsoft.AspNetCore.Http;

namespace CityBrain.Resources;

/// <summary>The words that people see, in English and simplified Chinese. A key without words is a bug and throws.</summary>
public sealed class Texts
{
    private static readonly ResourceManager Words = new("CityBrain.Resources.Text", typeof(Texts).Assembly);

    private Texts(string language, CultureInfo culture) => (Language, Culture) = (language, culture);

    /// <summary>English.</summary>
    public static Texts English { get; } = new("en", CultureInfo.GetCultureInfo("en"));

    /// <summary>Simplified Chinese.</summary>
    public static Texts Chinese { get; } = new("zh", CultureInfo.GetCultureInfo("zh-Hans"));

    /// <summary>Language tag for HTML and for <see cref="LocalizedName.In"/>: <c>en</c> or <c>zh</c>.</summary>
    public string Language { get; }

    /// <summary>How numbers and dates are written.</summary>
    public CultureInfo Culture { get; }

    /// <summary>The words of a key.</summary>
    /// <exception cref="MissingManifestResourceException">There is no such key.</exception>
    public string this[string key] => Words.GetString(key, Culture) ?? throw new MissingManifestResourceException($"There is no text '{key}'.");

    /// <summary>The texts of a language tag: Chinese for <c>zh</c> and its variants, English for any other.</summary>
    public static Texts For(string? languageTag) => languageTag?.StartsWith("zh", StringComparison.OrdinalIgnoreCase) is true ? Chinese : English;

    /// <summary>The texts that a browser wants: by <c>?lang=</c>, else by the better placed of the two languages in <c>Accept-Language</c>.</summary>
    public static Texts For(HttpRequest request)
    {
        if (request.Query["lang"].ToString() is { Length: > 0 } language)
        {
            return For(language);
        }

        var wanted = request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(tag => tag.Quality ?? 1)
            .Select(tag => tag.Value.ToString())
            .FirstOrDefault(tag => tag.StartsWith("zh", StringComparison.OrdinalIgnoreCase) || tag.StartsWith("en", StringComparison.OrdinalIgnoreCase));
        return For(wanted);
    }

    /// <summary>The word for a value of an enumeration: key <c>{Type}_{Value}</c>.</summary>
    public string Of<T>(T value)
        where T : struct, Enum =>
        this[$"{typeof(T).Name}_{value}"];

    /// <summary>A name in this language.</summary>
    public string In(LocalizedName name) => name.In(Language);

    /// <summary>The words of a key with its placeholders filled in.</summary>
    public string Format(string key, params object?[] arguments) => string.Format(Culture, this[key], arguments);

    /// <summary>An instant by the clock on the city's walls.</summary>
    public string Time(DateTimeOffset instant, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(instant, zone).ToString(this["TimeFormat"], Culture);

    /// <summary>Every key that starts with one of the prefixes, for a page's script.</summary>
    public SortedDictionary<string, string> StartingWith(params string[] prefixes)
    {
        var all = Words.GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false)!.Cast<DictionaryEntry>().Select(entry => (string)entry.Key);
        return new(all.Where(key => prefixes.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal))).ToDictionary(key => key, key => this[key]), StringComparer.Ordinal);
    }
}
