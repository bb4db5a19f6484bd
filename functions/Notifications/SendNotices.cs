using Azure.Messaging.ServiceBus;
using CityBrain.Resources;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace CityBrain.Notifications;

/// <summary>
/// Queue <c>notices</c>: posts what waits for a channel as one card, and asks hotlines to call reporters. When the receiver is busy the batch fails
/// and comes again; what it refuses for good goes to the dead-letter queue with the reason. A notice can be read on the notices page in any case.
/// </summary>
public sealed class SendNotices(TeamsWebhooks webhooks, TeamsPayload payload, WebhookClient teams, HotlineCalls hotlines, IOptions<TeamsOptions> options)
{
    /// <summary>Posts a batch; all its messages are of one session, so of one channel.</summary>
    [Function(nameof(SendNotices))]
    public async Task RunAsync(
        [ServiceBusTrigger(NoticeQueue.Name, Connection = "ServiceBusConnection", IsSessionsEnabled = true, IsBatched = true, AutoCompleteMessages = false)] ServiceBusReceivedMessage[] messages,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken)
    {
        var waiting = messages.Select(message => (Message: message, Notice: NoticeQueue.Read(message))).ToList();
        await Task.WhenAll(waiting.Where(item => item.Notice is null).Select(item =>
            DeadLetterAsync(item.Message, "NotNotice", "The body is not a notice as this app writes it.")));

        foreach (var channel in waiting.Where(item => item.Notice is not null).GroupBy(item => item.Notice!.Channel, StringComparer.Ordinal))
        {
            var refusal = webhooks.Of(channel.Key) is { } webhook
                ? await teams.PostAsync(webhook, payload.Of([.. channel.Select(item => item.Notice!)], Texts.For(options.Value.Language)), cancellationToken: cancellationToken)
                : null;
            await Task.WhenAll(channel.Select(async item =>
            {
                var call = await hotlines.AskAsync(item.Notice!, cancellationToken);
                await ((refusal, call) switch
                {
                    ({ } status, _) => DeadLetterAsync(item.Message, "WebhookRefused", $"The webhook of channel '{channel.Key}' answered {status}; check its address under Teams:Webhooks and that its workflow is on."),
                    (_, { } status) => DeadLetterAsync(item.Message, "HotlineRefused", $"The hotline of case {item.Notice!.CaseId} answered {status}; check its address and key under Hotlines."),
                    _ => actions.CompleteMessageAsync(item.Message, cancellationToken),
                });
            }));
        }

        Task DeadLetterAsync(ServiceBusReceivedMessage message, string reason, string description) =>
            actions.DeadLetterMessageAsync(message, deadLetterReason: reason, deadLetterErrorDescription: description, cancellationToken: cancellationToken);
    }
}
