using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Embedded.Functions.Hosting;

/// <summary>The trigger's named values.</summary>
internal sealed class EmbeddedBindingContext(FunctionInvocation invocation) : BindingContext
{
    public override IReadOnlyDictionary<string, object?> BindingData => invocation.BindingsByName;
}
