using System.ComponentModel.DataAnnotations;

namespace CityBrain.Notifications;

/// <summary>Settings of the Teams channels, section <c>Teams</c>.</summary>
public sealed class TeamsOptions : IValidatableObject
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Teams";

    /// <summary>The key of the webhook that serves every channel of staff without one of its own.</summary>
    public const string Default = "default";

    /// <summary>
    /// Address of the Workflows webhook ("When a Teams webhook request is received") of a channel, by channel name. Its <c>sig</c> is a
    /// credential: keep it in Key Vault. An underscore in a name stands for a hyphen, since app settings on Linux know no hyphens.
    /// </summary>
    public Dictionary<string, string> Webhooks { get; set; } = [];

    /// <summary>Language of the cards: <c>en</c> or <c>zh</c>.</summary>
    [RegularExpression("en|zh", ErrorMessage = "Teams:Language must be \"en\" or \"zh\".")]
    public string Language { get; set; } = "en";

    /// <summary>Where people reach the app, for the buttons of cards and the links to reporters.</summary>
    [Url(ErrorMessage = "Teams:PublicUrl must be the address at which people reach this app, such as \"https://citybrain.example.org\".")]
    [Required(AllowEmptyStrings = false, ErrorMessage = "Teams:PublicUrl is empty; write the address at which people reach this app, or leave the setting out.")]
    public string PublicUrl { get; set; } = "http://localhost:7071";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => Webhooks
        .Where(webhook => !IsWebhook(webhook.Value))
        .Select(webhook => new ValidationResult($"Teams:Webhooks:{webhook.Key} must be an absolute https address; copy it from the workflow's trigger."));

    private static bool IsWebhook(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
}
