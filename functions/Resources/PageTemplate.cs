using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace CityBrain.Resources;

/// <summary>
/// A page kept as a file of the assembly. <c>{{t:Key}}</c> is a text, <c>{{name}}</c> a value that is escaped, <c>{{{name}}}</c> markup
/// that was escaped by whoever made it.
/// </summary>
public sealed partial class PageTemplate(string text)
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>The template of a file, such as <c>Cockpit/cockpit.html</c>.</summary>
    public static PageTemplate Load(string file) => new(FileText(file));

    /// <summary>The content of a file of the assembly.</summary>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    public static string FileText(string file)
    {
        using var stream = typeof(PageTemplate).Assembly.GetManifestResourceStream(file) ?? throw new FileNotFoundException("The assembly holds no such page.", file);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>A text as it is written into markup or an attribute.</summary>
    public static string Escape(string text) => Encoder.Encode(text);

    /// <summary>The page, filled in.</summary>
    /// <exception cref="KeyNotFoundException">The template names a value that is not given.</exception>
    public string Fill(Texts texts, IReadOnlyDictionary<string, string> values) => Placeholder().Replace(text, match =>
    {
        var name = match.Groups["name"].Value;
        return match.Value switch
        {
            ['{', '{', '{', ..] => values[name],
            _ when name.StartsWith("t:", StringComparison.Ordinal) => Escape(texts[name[2..]]),
            _ => Escape(values[name]),
        };
    });

    [GeneratedRegex(@"\{\{\{(?<name>[\w:]+)\}\}\}|\{\{(?<name>[\w:]+)\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
