using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace CityBrain.Embedded.TestApp;

/// <summary>Fails, or takes its time, while the app starts, as the settings say.</summary>
public sealed class Misbehaving(IConfiguration settings) : IHostedService
{
    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings["FailAtStart"] is { Length: > 0 } reason)
        {
            throw new InvalidOperationException(reason);
        }

        if (settings["FailWhenThereIs"] is { Length: > 0 } fault && File.Exists(fault))
        {
            throw new InvalidOperationException(await File.ReadAllTextAsync(fault, cancellationToken));
        }

        while (settings["StartWhenThereIs"] is { Length: > 0 } file && !File.Exists(file))
        {
            await Task.Delay(10, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
