using Azure.Identity;
using CityBrain.Api;
using CityBrain.Burden;
using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Cockpit;
using CityBrain.EarlyWarning;
using CityBrain.Emergency;
using CityBrain.Feedback;
using CityBrain.Intake;
using CityBrain.Items;
using CityBrain.Language;
using CityBrain.Lifecycle;
using CityBrain.Notifications;
using CityBrain.Sharing;
using CityBrain.Supervision;
using CityBrain.Triage;
using Microsoft.Extensions.Azure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CityBrain;

/// <summary>Puts the app together: which services there are, and nothing else.</summary>
public static class Composition
{
    /// <summary>Adds City Brain to the services of a Functions app.</summary>
    /// <param name="services">Takes them.</param>
    /// <param name="configuration">The settings of the app.</param>
    /// <exception cref="InvalidOperationException">A connection is missing; the sentence says what to write.</exception>
    public static IServiceCollection AddCityBrain(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddCity();
        services.AddAzureClients(clients =>
        {
            clients.UseCredential(new DefaultAzureCredential());
            clients.AddTableServiceClient(Connection(configuration, "TableStorage", "endpoint"));
            clients.AddServiceBusClient(Connection(configuration, "ServiceBusConnection", "fullyQualifiedNamespace"));
        });
        return services.AddCases().AddIntake().AddTriage().AddFeedback().AddSharing().AddApi().AddNotifications().AddSupervision().AddCockpit().AddEmergency().AddBurden().AddEarlyWarning();
    }

    private static IServiceCollection AddCases(this IServiceCollection services)
    {
        services.AddSingleton<CityTables>();
        services.AddHostedService(provider => provider.GetRequiredService<CityTables>());
        services.AddSingleton<CaseStore>();
        services.AddSingleton<CaseLists>();
        services.AddSingleton<CaseQuery>();
        services.AddSingleton<IntakePressure>();
        services.AddSingleton<OutboxDispatcher>();
        services.AddHostedService(provider => provider.GetRequiredService<OutboxDispatcher>());
        services.AddSingleton(provider => new Lazy<IEnumerable<IOutboxHandler>>(provider.GetServices<IOutboxHandler>));
        services.AddSingleton<CaseSubscribers>();
        services.AddSingleton<SweepOutbox>();
        services.AddSingleton<CaseTally>();
        services.AddSingleton<IOutboxHandler, LifecycleSignal>();
        services.AddSingleton<IOutboxHandler, WhistleSignal>();
        services.AddSingleton<IOutboxHandler, ItemLinker>();
        return services;
    }

    private static IServiceCollection AddTriage(this IServiceCollection services) => services
        .AddSingleton<OpenMatters>().AddSingleton<IOutboxHandler>(provider => provider.GetRequiredService<OpenMatters>())
        .AddSingleton<IOutboxHandler, MergeLinker>().AddSingleton<TriageDesk>()
        .AddSingleton<TrainingLabels>().AddSingleton<IOutboxHandler>(provider => provider.GetRequiredService<TrainingLabels>()).AddSingleton<CategoryModels>();

    private static IServiceCollection AddIntake(this IServiceCollection services)
    {
        services.AddOptions<LanguageOptions>().BindConfiguration("Language").ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<TextRedaction>().AddSingleton<TextInsight>().AddSingleton<AppealDesk>().AddSingleton<SensorDesk>();
    }

    private static IServiceCollection AddSharing(this IServiceCollection services)
    {
        services.AddOptions<VaultOptions>().BindConfiguration("Vault").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<Dictionary<string, CallerOptions>>().BindConfiguration("Callers").ValidateOnStart();
        services.AddSingleton<IValidateOptions<Dictionary<string, CallerOptions>>, CallerRules>();
        return services.AddSingleton<ReporterVault>().AddSingleton<AccessLog>().AddSingleton<Callers>();
    }

    private static IServiceCollection AddApi(this IServiceCollection services) => services.AddSingleton<CaseAccess>();

    /// <summary>A connection: a connection string, or the address of a service that takes the app's identity.</summary>
    private static IConfigurationSection Connection(IConfiguration configuration, string name, string address) =>
        configuration.GetSection(name) is var section && (section.Value is { Length: > 0 } || section[address] is { Length: > 0 })
            ? section
            : throw new InvalidOperationException($"The setting {name} is missing; write a connection string there, or the address of the service into {name}__{address}.");
}
