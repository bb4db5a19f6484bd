using System.Collections.Immutable;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Facts about a function.</summary>
public abstract class FunctionDefinition
{
    /// <summary>The function's parameters in order.</summary>
    public abstract ImmutableArray<FunctionParameter> Parameters { get; }

    /// <summary>Path of the assembly that holds the method.</summary>
    public abstract string PathToAssembly { get; }

    /// <summary>Full name of the method.</summary>
    public abstract string EntryPoint { get; }

    /// <summary>Identifier of the function.</summary>
    public abstract string Id { get; }

    /// <summary>Name of the function.</summary>
    public abstract string Name { get; }

    /// <summary>Bindings of parameters by parameter name; the trigger is one of them.</summary>
    public abstract IImmutableDictionary<string, BindingMetadata> InputBindings { get; }
}
