using CityBrain.Embedded.ServiceBus.Triggers.Wire;
using Grpc.Net.Client;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

[assembly: WorkerExtensionStartup(typeof(ServiceBusExtensionStartup))]

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Gives the worker its way to the host's settlement service.</summary>
public sealed class ServiceBusExtensionStartup : WorkerExtensionStartup
{
    private const string HostEndpoint = "Functions:Worker:HostEndpoint";

    /// <inheritdoc/>
    public override void Configure(IFunctionsWorkerApplicationBuilder applicationBuilder)
    {
        ArgumentNullException.ThrowIfNull(applicationBuilder);
        applicationBuilder.Services.AddSingleton(provider => new Settlement.SettlementClient(
            GrpcChannel.ForAddress(provider.GetRequiredService<IConfiguration>()[HostEndpoint] ?? throw new InvalidOperationException($"The host gave no address ({HostEndpoint})."))));
    }
}
