using System.Collections.Immutable;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace CityBrain.Embedded.Functions.Hosting;

/// <summary>The facts of one function, made once.</summary>
internal sealed class EmbeddedFunctionDefinition(FunctionDescriptor function) : FunctionDefinition
{
    public override string Name { get; } = function.Name;

    public override string EntryPoint { get; } = $"{function.Method.DeclaringType?.FullName}.{function.Method.Name}";

    public override string PathToAssembly { get; } = function.Method.Module.Assembly.Location;

    public override string Id { get; } = StableId(function);

    public override ImmutableArray<FunctionParameter> Parameters { get; } =
        [.. function.Method.GetParameters().Select(parameter => new FunctionParameter(parameter.Name!, parameter.ParameterType))];

    public override IImmutableDictionary<string, BindingMetadata> InputBindings { get; } = (
        from parameter in function.Method.GetParameters()
        let binding = parameter.GetCustomAttribute<BindingAttribute>()
        where binding is not null
        select (BindingMetadata)new InputBinding(parameter.Name!, binding)).ToImmutableDictionary(binding => binding.Name);

    private static string StableId(FunctionDescriptor function) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{function.Method.DeclaringType?.FullName}.{function.Method}|{function.Name}")).AsSpan(0, 8));

    private sealed class InputBinding(string name, BindingAttribute attribute) : BindingMetadata
    {
        public override string Name => name;

        public override string Type { get; } = BindingType(attribute.GetType().Name);

        public override BindingDirection Direction => BindingDirection.In;

        // The official metadata's rule: the attribute's name in camel case, such as httpTrigger.
        private static string BindingType(string attribute)
        {
            var name = attribute[..^nameof(Attribute).Length];
            return char.ToLowerInvariant(name[0]) + name[1..];
        }
    }
}
