using System.Reflection;
using System.Runtime.CompilerServices;

namespace CityBrain.Embedded.Tests.OfficialApi;

/// <summary>Writes types and members the way the official listing does (tests/data/official-api.txt explains it).</summary>
internal static class ApiPrinter
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    // The listing leaves these out: every type has them, or the compiler writes them.
    private static readonly string[] Unlisted = ["Equals", "GetHashCode", "ToString", "op_Equality", "op_Inequality", "Deconstruct", "PrintMembers", "EqualityContract", "<Clone>$"];

    public static string Name(Type type) => type.FullName!.Replace('+', '.');

    public static string Kind(Type type) => type switch
    {
        { IsInterface: true } => "interface",
        { IsEnum: true } => "enum",
        { IsValueType: true } => "struct",
        _ when IsDelegate(type) => "delegate",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    /// <summary>Base class and interfaces, without those that say nothing.</summary>
    public static IEnumerable<string> Bases(Type type)
    {
        if (type.IsEnum || IsDelegate(type))
        {
            return [];
        }

        var bases = type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) ? [parent] : Type.EmptyTypes;
        return bases.Concat(type.GetInterfaces().Where(candidate => !IsEquality(candidate))).Select(Reference);
    }

    public static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type);
        }

        if (IsDelegate(type))
        {
            var invoke = type.GetMethod("Invoke")!;
            return [$"{Reference(invoke.ReturnType)} ({Parameters(invoke)})"];
        }

        return type.GetMembers(Declared).Where(member => !Unlisted.Contains(member.Name)).Select(Member).OfType<string>();
    }

    private static bool IsDelegate(Type type) => type.IsSubclassOf(typeof(Delegate));

    private static bool IsEquality(Type candidate) => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == typeof(IEquatable<>);

    private static string? Member(MemberInfo member) => member switch
    {
        ConstructorInfo constructor when IsVisible(constructor) && !constructor.IsStatic => $".ctor({Parameters(constructor)}){Visibility(constructor)}",
        MethodInfo method when IsVisible(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) && !IsOverride(method) =>
            $"{Reference(method.ReturnType)} {method.Name}{Arity(method)}({Parameters(method)}){Modifiers(method)}",
        PropertyInfo property => Property(property),
        EventInfo @event when @event.AddMethod is { } add && IsVisible(add) => $"event {Reference(@event.EventHandlerType!)} {@event.Name}{Modifiers(add)}",
        FieldInfo field when field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly => $"field {Reference(field.FieldType)} {field.Name}{(field.IsLiteral ? " const" : "")}",
        _ => null,
    };

    private static string? Property(PropertyInfo property)
    {
        var getter = property.GetMethod is { } get && IsVisible(get) ? get : null;
        var setter = property.SetMethod is { } set && IsVisible(set) ? set : null;
        if ((getter ?? setter) is not { } accessor || IsOverride(accessor))
        {
            return null;
        }

        var isInit = setter?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == true;
        var index = property.GetIndexParameters() is { Length: > 0 } parameters ? $"({string.Join(',', parameters.Select(Parameter))})" : "";
        return $"{Reference(property.PropertyType)} {property.Name}{index} {{ {(getter is null ? "" : "get; ")}{(setter is null ? "" : isInit ? "init; " : "set; ")}}}{Modifiers(accessor)}";
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    /// <summary>An override adds nothing to the API of its base.</summary>
    private static bool IsOverride(MethodInfo method) => method.GetBaseDefinition().DeclaringType != method.DeclaringType;

    private static string Arity(MethodInfo method) => method.IsGenericMethodDefinition ? $"<{method.GetGenericArguments().Length}>" : "";

    private static string Visibility(MethodBase method) => method.IsPublic ? "" : " protected";

    private static string Modifiers(MethodInfo method) =>
        (method.IsStatic ? " static" : method.IsAbstract ? " abstract" : method is { IsVirtual: true, IsFinal: false } ? " virtual" : "") + Visibility(method);

    private static string Parameters(MethodBase method)
    {
        var parameters = string.Join(',', method.GetParameters().Select(Parameter));
        return method.IsDefined(typeof(ExtensionAttribute)) ? "this " + parameters : parameters;
    }

    private static string Parameter(ParameterInfo parameter) => $"{Reference(parameter.ParameterType)} {parameter.Name}{(parameter.IsOptional ? "=" : "")}";

    private static string Reference(Type type)
    {
        if (type.IsByRef)
        {
            return Reference(type.GetElementType()!) + "@";
        }

        if (type.IsArray)
        {
            return Reference(type.GetElementType()!) + "[]";
        }

        if (type.IsGenericParameter)
        {
            return (type.DeclaringMethod is null ? "`" : "``") + type.GenericParameterPosition;
        }

        var name = (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');
        return type.IsGenericType ? $"{name[..name.IndexOf('`', StringComparison.Ordinal)]}{{{string.Join(',', type.GetGenericArguments().Select(Reference))}}}" : name;
    }
}
