using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Starts a function for each HTTP request to its route.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class HttpTriggerAttribute : TriggerBindingAttribute
{
    /// <summary>Any method, with a function key.</summary>
    public HttpTriggerAttribute()
        : this(AuthorizationLevel.Function)
    {
    }

    /// <summary>Any method.</summary>
    public HttpTriggerAttribute(AuthorizationLevel authLevel) => AuthLevel = authLevel;

    /// <summary>The methods named, without regard to case.</summary>
    public HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods)
        : this(authLevel) => Methods = methods;

    /// <summary>Route below the prefix of host.json, such as <c>cases/{id:guid}</c>; null means the function's name.</summary>
    public string? Route { get; set; }

    /// <summary>Methods the function answers; null means any.</summary>
    public string[]? Methods { get; }

    /// <summary>Key that a request must carry.</summary>
    public AuthorizationLevel AuthLevel { get; }
}
