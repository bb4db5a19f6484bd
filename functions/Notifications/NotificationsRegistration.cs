using CityBrain.Cases;
using CityBrain.EarlyWarning.Warnings;
using CityBrain.Emergency;
using CityBrain.Supervision;
using Microsoft.Extensions.DependencyInjection;

namespace CityBrain.Notifications;

/// <summary>Registers notices.</summary>
public static class NotificationsRegistration
{
    /// <summary>Adds the outbox handler that writes notices, their page, and their way to Teams.</summary>
    public static IServiceCollection AddNotifications(this IServiceCollection services)
    {
        services.AddOptions<TeamsOptions>().BindConfiguration(TeamsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<NoticeStore>().AddSingleton<NoticeQueue>().AddSingleton<NoticeCards>().AddSingleton<NoticePage>().AddSingleton<NoticePublisher>();
        services.AddOptions<Dictionary<string, HotlineOptions>>().BindConfiguration(HotlineOptions.Section)
            .Validate(hotlines => hotlines.Values.All(hotline => hotline.IsGood), "Hotlines:{channel}:Url must be an absolute https address; write where the hotline takes requests to call.")
            .ValidateOnStart();
        services.AddSingleton<HotlineCalls>().AddSingleton<TeamsWebhooks>().AddSingleton<TeamsPayload>();

        services.AddSingleton(_ => new WebhookClient(NewHttpClient(), TimeProvider.System));
        return services.AddSingleton<IOutboxHandler, NoticeWriter>().AddSingleton<ISupervisionNotices, SupervisionNotices>().AddSingleton<IEmergencyNotices, EmergencyNotices>().AddSingleton<IWarningNotices, WarningNotices>();
    }

    /// <summary>Not from the factory, whose loggers write addresses: the address of a webhook is a credential.</summary>
    private static HttpClient NewHttpClient() =>
        new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(30) };
}
