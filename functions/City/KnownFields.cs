using System.Collections.Frozen;
using System.Text;

namespace CityBrain.City;

/// <summary>Something that the city holds already, so that no worker is asked for it again.</summary>
/// <param name="Field">Where it is held, such as <c>case.address</c>.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Words">How a form may ask for it, in either language.</param>
public sealed record KnownField(string Field, LocalizedName Name, IReadOnlyList<string> Words);

/// <summary>All that the city holds already. Immutable.</summary>
public sealed class KnownFields(IReadOnlyList<KnownField> all)
{
    private readonly FrozenDictionary<string, KnownField> _byWord = all
        .SelectMany(known => known.Words.Append(known.Field).Select(NormalForm).Distinct(StringComparer.Ordinal).Select(word => (word, known)))
        .ToFrozenDictionary(pair => pair.word, pair => pair.known, StringComparer.Ordinal);

    /// <summary>All, in the order of the file.</summary>
    public IReadOnlyList<KnownField> All { get; } = all;

    /// <summary>What a field of a form asks for, if the city knows it; else null. Case, width, spaces and punctuation say nothing.</summary>
    public KnownField? Find(string asked) => _byWord.GetValueOrDefault(NormalForm(asked));

    /// <summary>The letters and digits of a text, in one form.</summary>
    internal static string NormalForm(string text) => string.Concat(text.Normalize(NormalizationForm.FormKC).Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
