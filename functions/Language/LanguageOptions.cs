using System.ComponentModel.DataAnnotations;
using Azure;
using Azure.AI.TextAnalytics;

namespace CityBrain.Language;

/// <summary>Settings of Azure AI Language, section <c>Language</c>. Without them the city's own recognisers work alone.</summary>
public sealed class LanguageOptions : IValidatableObject
{
    /// <summary>Such as <c>https://NAME.cognitiveservices.azure.com</c>.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>Key of the resource, from Key Vault on Azure.</summary>
    public string? Key { get; set; }

    /// <summary>True when the service is to be asked.</summary>
    public bool IsConfigured => Endpoint is not null && !string.IsNullOrEmpty(Key);

    /// <summary>A client of the service; null when it is not to be asked.</summary>
    public TextAnalyticsClient? NewClient() => IsConfigured ? new(Endpoint!, new AzureKeyCredential(Key!)) : null;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Endpoint is null != string.IsNullOrEmpty(Key))
        {
            yield return new ValidationResult("Set both Language:Endpoint and Language:Key, or neither.");
        }
        else if (Endpoint is { } endpoint && !(endpoint.IsAbsoluteUri && (endpoint.Scheme == Uri.UriSchemeHttps || endpoint.IsLoopback)))
        {
            yield return new ValidationResult("Language:Endpoint must be an https address, such as https://NAME.cognitiveservices.azure.com.");
        }
    }
}
