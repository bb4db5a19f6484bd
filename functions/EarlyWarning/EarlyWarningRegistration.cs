using CityBrain.Cases;
using CityBrain.City;
using CityBrain.EarlyWarning.Topics;
using CityBrain.EarlyWarning.Warnings;
using CityBrain.EarlyWarning.Watching;
using CityBrain.Intake;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CityBrain.EarlyWarning;

/// <summary>Registers early warning 未诉先办.</summary>
public static class EarlyWarningRegistration
{
    /// <summary>Adds the outbox handler that tells it of cases, the one writer, and what is shown.</summary>
    public static IServiceCollection AddEarlyWarning(this IServiceCollection services)
    {
        services.AddOptions<EarlyWarningOptions>().BindConfiguration(EarlyWarningOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => new WatchGround(provider.GetRequiredService<CityModel>().Areas, provider.GetRequiredService<IOptions<EarlyWarningOptions>>().Value.Level));
        services.AddSingleton<WatchQueue>().AddSingleton<WatchJournal>().AddSingleton<WatchDesk>().AddSingleton<TopicBoard>();
        services.AddSingleton<WarningStore>().AddSingleton<WarningDesk>().AddSingleton<WarningAccess>().AddSingleton<HotTopics>().AddSingleton<WarnedCases>().AddSingleton<AssociationBoard>();
        services.AddSingleton<DeviceDesk>().AddSingleton<IReadingListener>(provider => provider.GetRequiredService<DeviceDesk>());
        return services.AddSingleton<IOutboxHandler, FiledCaseWriter>();
    }
}
