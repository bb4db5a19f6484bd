using System.Collections.Frozen;
using Microsoft.Extensions.Options;

namespace CityBrain.Notifications;

/// <summary>Which channel has a webhook.</summary>
public sealed class TeamsWebhooks(IOptions<TeamsOptions> options)
{
    private readonly FrozenDictionary<string, Uri> _byChannel = options.Value.Webhooks
        .ToFrozenDictionary(webhook => webhook.Key.Replace('_', '-'), webhook => new Uri(webhook.Value), StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The webhook of a channel, else the default one; null when there is neither. Reporters have only their own: their links must not
    /// reach a channel of staff.
    /// </summary>
    public Uri? Of(string channel) =>
        _byChannel.GetValueOrDefault(channel) ?? (channel == NoticeChannels.Reporters ? null : _byChannel.GetValueOrDefault(TeamsOptions.Default));
}
