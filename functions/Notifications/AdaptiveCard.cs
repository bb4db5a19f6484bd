using System.Text.Json.Serialization;

namespace CityBrain.Notifications;

/// <summary>An Adaptive Card 1.2, with the few elements that notices use. Field names and values are those of the published schema.</summary>
public sealed record AdaptiveCard(IReadOnlyList<CardElement> Body, IReadOnlyList<OpenUrl> Actions)
{
    /// <summary>Address of the schema.</summary>
    [JsonPropertyName("$schema")]
    [JsonPropertyOrder(-3)]
    public string Schema { get; } = "http://adaptivecards.io/schemas/adaptive-card.json";

    /// <summary>Always <c>AdaptiveCard</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string Type { get; } = "AdaptiveCard";

    /// <summary>The version that Teams renders everywhere.</summary>
    [JsonPropertyOrder(-1)]
    public string Version { get; } = "1.2";
}

/// <summary>An element of a card's body.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(TextBlock), nameof(TextBlock))]
[JsonDerivedType(typeof(FactSet), nameof(FactSet))]
[JsonDerivedType(typeof(Container), nameof(Container))]
public abstract record CardElement;

/// <summary>A paragraph.</summary>
public sealed record TextBlock(string Text, string? Size = null, string? Weight = null, string? Color = null, string? Spacing = null, bool? IsSubtle = null) : CardElement
{
    /// <summary>Long texts go on in the next line.</summary>
    public bool Wrap { get; } = true;
}

/// <summary>Names and values in two columns.</summary>
public sealed record FactSet(IReadOnlyList<Fact> Facts) : CardElement;

/// <summary>A line of a <see cref="FactSet"/>.</summary>
public sealed record Fact(string Title, string Value);

/// <summary>Elements that belong together.</summary>
public sealed record Container(IReadOnlyList<CardElement> Items, OpenUrl? SelectAction = null, bool? Separator = null) : CardElement;

/// <summary>A button that opens a page.</summary>
public sealed record OpenUrl(string Title, string Url)
{
    /// <summary>Always <c>Action.OpenUrl</c>.</summary>
    [JsonPropertyOrder(-1)]
    public string Type { get; } = "Action.OpenUrl";
}

/// <summary>What a Workflows webhook takes: one card.</summary>
public sealed record TeamsMessage(IReadOnlyList<TeamsAttachment> Attachments)
{
    /// <summary>Always <c>message</c>.</summary>
    [JsonPropertyOrder(-1)]
    public string Type { get; } = "message";

    /// <summary>A message with one card.</summary>
    public static TeamsMessage With(AdaptiveCard card) => new([new TeamsAttachment(card)]);
}

/// <summary>A card as an attachment.</summary>
public sealed record TeamsAttachment(AdaptiveCard Content)
{
    /// <summary>Media type of a card.</summary>
    [JsonPropertyOrder(-1)]
    public string ContentType { get; } = "application/vnd.microsoft.card.adaptive";
}
