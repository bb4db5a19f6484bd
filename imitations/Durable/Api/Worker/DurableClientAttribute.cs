using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks a <c>DurableTaskClient</c> parameter.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class DurableClientAttribute : InputBindingAttribute
{
    /// <summary>Task hub; the embedded platform has one.</summary>
    public string? TaskHub { get; set; }

    /// <summary>Name of the connection setting; the embedded platform has one store.</summary>
    public string? ConnectionName { get; set; }
}
