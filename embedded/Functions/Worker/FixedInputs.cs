using CityBrain.Embedded.Functions.Rpc;

namespace CityBrain.Embedded.Functions.Worker;

/// <summary>What a function is given at each invocation besides the data of its trigger, by its other bindings.</summary>
internal delegate IReadOnlyList<ParameterBinding> FixedInputs(WorkerFunction function);
