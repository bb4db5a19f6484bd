namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

/// <summary>Base of every attribute that binds a parameter or a result of a function.</summary>
public abstract class BindingAttribute : Attribute
{
}
