using System.Reflection;

namespace CityBrain.Embedded.Functions.Hosting;

/// <summary>A method marked <c>[Function]</c> and the parameter that triggers it.</summary>
/// <param name="Name">Function name, unique in the app, compared without case.</param>
/// <param name="Method">Static or instance method; an instance is made from the container for each invocation.</param>
/// <param name="TriggerParameter">The parameter that carries the trigger attribute.</param>
/// <param name="Trigger">The trigger attribute itself.</param>
public sealed record FunctionDescriptor(string Name, MethodInfo Method, ParameterInfo TriggerParameter, Attribute Trigger);
