namespace Microsoft.Azure.Functions.Worker;

/// <summary>One invocation of a function, as its middleware and the function see it.</summary>
public abstract class FunctionContext
{
    /// <summary>Identifier of this invocation.</summary>
    public abstract string InvocationId { get; }

    /// <summary>Identifier of the function, stable while the app's functions stay the same.</summary>
    public abstract string FunctionId { get; }

    /// <summary>Data of the trigger by name.</summary>
    public abstract BindingContext BindingContext { get; }

    /// <summary>Services of this invocation: one scope.</summary>
    public abstract IServiceProvider InstanceServices { get; set; }

    /// <summary>The function.</summary>
    public abstract FunctionDefinition FunctionDefinition { get; }

    /// <summary>Values that middleware and function share during the invocation.</summary>
    public abstract IDictionary<object, object> Items { get; set; }

    /// <summary>Features of the invocation.</summary>
    public abstract IInvocationFeatures Features { get; }

    /// <summary>Cancelled when the host stops or the caller goes away.</summary>
    public virtual CancellationToken CancellationToken { get; }
}
