using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace CityBrain.Embedded.Functions.Hosting;

/// <summary>
/// The functions of the app. An app that registers none gets those of its entry assembly and of the assemblies that one references.
/// </summary>
public sealed class FunctionCatalog
{
    private const BindingFlags DeclaredMethods =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private readonly Dictionary<string, FunctionDescriptor> _byName = new(StringComparer.OrdinalIgnoreCase);

    private FunctionCatalog(IEnumerable<FunctionDescriptor> functions)
    {
        Functions = [.. functions];
        foreach (var function in Functions)
        {
            if (!_byName.TryAdd(function.Name, function))
            {
                throw new InvalidOperationException(
                    $"Two functions are named '{function.Name}': {Place(_byName[function.Name].Method)} and {Place(function.Method)}. Give one of them another name in [Function].");
            }
        }
    }

    /// <summary>Every function.</summary>
    public IReadOnlyList<FunctionDescriptor> Functions { get; }

    /// <summary>The functions of the types' [Function] methods.</summary>
    /// <exception cref="InvalidOperationException">A name is used twice, or a function has not exactly one trigger or is not public.</exception>
    public static FunctionCatalog FromTypes(params IEnumerable<Type> types) => new(types.SelectMany(Describe));

    /// <summary>The functions of every class of the assemblies.</summary>
    /// <inheritdoc cref="FromTypes" path="/exception"/>
    public static FunctionCatalog FromAssemblies(params IEnumerable<Assembly> assemblies) =>
        FromTypes(assemblies.SelectMany(assembly => assembly.GetTypes()).Where(type => type.IsClass && !type.ContainsGenericParameters));

    /// <summary>The functions whose trigger parameter carries <typeparamref name="TAttribute"/>.</summary>
    public IEnumerable<FunctionDescriptor> WithTrigger<TAttribute>()
        where TAttribute : Attribute =>
        Functions.Where(function => function.Trigger is TAttribute);

    /// <summary>The function of a name, compared without case; null when there is none.</summary>
    public FunctionDescriptor? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The functions of the entry assembly and of the assemblies it references that use this platform.</summary>
    internal static FunctionCatalog FromEntryAssembly()
    {
        var entry = Assembly.GetEntryAssembly();
        if (entry is null)
        {
            return new([]);
        }

        var platform = typeof(FunctionAttribute).Assembly;
        var referenced = entry.GetReferencedAssemblies().Where(name => !IsFramework(name)).Select(Assembly.Load);
        return FromAssemblies(referenced.Append(entry).Where(assembly =>
            assembly != platform && assembly.GetReferencedAssemblies().Any(name => name.Name == platform.GetName().Name)));
    }

    private static bool IsFramework(AssemblyName name) =>
        name.Name is "mscorlib" or "netstandard" || name.Name!.StartsWith("System.", StringComparison.Ordinal) || name.Name.StartsWith("Microsoft.", StringComparison.Ordinal);

    private static IEnumerable<FunctionDescriptor> Describe(Type type) =>
        from method in type.GetMethods(DeclaredMethods)
        let attribute = method.GetCustomAttribute<FunctionAttribute>()
        where attribute is not null
        select Describe(method, attribute.Name);

    private static FunctionDescriptor Describe(MethodInfo method, string name)
    {
        var triggers = method.GetParameters().Where(parameter => parameter.GetCustomAttribute<TriggerBindingAttribute>() is not null).ToArray();
        if (triggers.Length != 1)
        {
            throw new InvalidOperationException($"The function '{name}' ({Place(method)}) has {triggers.Length} trigger parameters; give it exactly one.");
        }

        return method.IsPublic
            ? new FunctionDescriptor(name, method, triggers[0], triggers[0].GetCustomAttribute<TriggerBindingAttribute>()!)
            : throw new InvalidOperationException($"The function '{name}' ({Place(method)}) is not public; make the method public.");
    }

    private static string Place(MethodInfo method) => $"{method.DeclaringType?.FullName}.{method.Name}";
}
