using Microsoft.DurableTask;

namespace CityBrain.Embedded.Durable;

/// <summary>Runs an activity once.</summary>
/// <param name="context">The call.</param>
/// <param name="input">Serialized input, or null.</param>
/// <param name="cancellationToken">Cancelled when the engine is disposed.</param>
/// <returns>The result, which the engine serializes.</returns>
public delegate Task<object?> ActivityFunction(TaskActivityContext context, string? input, CancellationToken cancellationToken);
