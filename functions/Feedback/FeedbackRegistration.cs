using CityBrain.Cases;
using Microsoft.Extensions.DependencyInjection;

namespace CityBrain.Feedback;

/// <summary>Registers feedback.</summary>
public static class FeedbackRegistration
{
    /// <summary>Adds the gate of replies, the links of reporters, their page and their answers.</summary>
    public static IServiceCollection AddFeedback(this IServiceCollection services)
    {
        services.AddOptions<FeedbackOptions>().BindConfiguration("Feedback").ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<FeedbackTokens>().AddSingleton<FeedbackDesk>().AddSingleton<FeedbackPage>().AddSingleton<ReplyStatistics>().AddSingleton<IOutboxHandler, SubscriberFeedback>();
    }
}
