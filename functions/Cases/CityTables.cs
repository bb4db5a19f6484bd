using Azure.Data.Tables;
using Microsoft.Extensions.Hosting;

namespace CityBrain.Cases;

/// <summary>The tables of the city, by name. Made when the app starts, if they are not there.</summary>
public sealed class CityTables(TableServiceClient service) : IHostedService
{
    /// <summary>Cases, their history, outbox, lists and counters; see <see cref="CaseKeys"/>.</summary>
    public TableClient Cases { get; } = service.GetTableClient("Cases");

    /// <summary>Where open matters are found by person, place and words.</summary>
    public TableClient Matters { get; } = service.GetTableClient("Matters");

    /// <summary>What people decided, to train on.</summary>
    public TableClient TrainingLabels { get; } = service.GetTableClient("TrainingLabels");

    /// <summary>Trained models.</summary>
    public TableClient Models { get; } = service.GetTableClient("Models");

    /// <summary>Encrypted personal data.</summary>
    public TableClient Vault { get; } = service.GetTableClient("Vault");

    /// <summary>Who asked for sealed personal data.</summary>
    public TableClient AccessLog { get; } = service.GetTableClient("AccessLog");

    /// <summary>Where each sensor rule stands.</summary>
    public TableClient DeviceRules { get; } = service.GetTableClient("DeviceRules");

    /// <summary>Notices to staff and reporters.</summary>
    public TableClient Notices { get; } = service.GetTableClient("Notices");

    /// <summary>Emergencies with their history, orders and linked cases.</summary>
    public TableClient Emergencies { get; } = service.GetTableClient("Emergencies");

    /// <summary>What happened to each case in each month, for the figures by which departments are judged.</summary>
    public TableClient SupervisionFacts { get; } = service.GetTableClient("SupervisionFacts");

    /// <summary>What supervision itself decides: exclusions, frozen months, overdue steps, recurrent problems.</summary>
    public TableClient Supervision { get; } = service.GetTableClient("Supervision");

    /// <summary>Seats held for tasks on their way to a grid worker, and the forms that workers were asked to fill.</summary>
    public TableClient Burden { get; } = service.GetTableClient("Burden");

    /// <summary>What early warning was told, and what it knows.</summary>
    public TableClient Watch { get; } = service.GetTableClient("Watch");

    /// <summary>Topics as they are shown.</summary>
    public TableClient Topics { get; } = service.GetTableClient("Topics");

    /// <summary>Warnings, and what people decided about them.</summary>
    public TableClient Warnings { get; } = service.GetTableClient("Warnings");

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(new[] { Cases, Matters, TrainingLabels, Models, Vault, AccessLog, DeviceRules, Notices, SupervisionFacts, Supervision, Emergencies, Burden, Watch, Topics, Warnings }.Select(table => table.CreateIfNotExistsAsync(cancellationToken)));

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
