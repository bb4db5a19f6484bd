namespace CityBrain.Embedded.Hosting;

/// <summary>How long things may take.</summary>
/// <param name="Grace">How long a stop waits for the functions that run, and then for the app to end.</param>
internal sealed record HostLimits(TimeSpan Grace);
