using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace CityBrain.Embedded.Functions.Hosting;

/// <summary>
/// Finds the value of one parameter: the trigger's, the context, the cancellation token, then what the listener gave by name or by type,
/// then a service of the container, then the parameter's default.
/// </summary>
internal sealed class ParameterBinder
{
    private readonly string _function;
    private readonly string _name;
    private readonly Type _type;
    private readonly bool _isTrigger;
    private readonly bool _hasDefault;
    private readonly object? _default;
    private readonly bool _acceptsNull;
    private readonly Func<string, object?>? _parse;

    public ParameterBinder(FunctionDescriptor function, ParameterInfo parameter)
    {
        (_function, _name, _type) = (function.Name, parameter.Name!, parameter.ParameterType);
        _isTrigger = parameter == function.TriggerParameter;
        _hasDefault = parameter.HasDefaultValue;
        _acceptsNull = !_type.IsValueType || Nullable.GetUnderlyingType(_type) is not null;
        _default = _hasDefault ? parameter.DefaultValue ?? Nothing(_type) : Nothing(_type);
        _parse = RouteValueParser.For(_type);
    }

    public object? Bind(EmbeddedFunctionContext context)
    {
        var invocation = context.Invocation;
        if (_isTrigger)
        {
            return invocation.TriggerValue ?? _default;
        }

        if (_type == typeof(FunctionContext))
        {
            return context;
        }

        if (_type == typeof(CancellationToken))
        {
            return context.CancellationToken;
        }

        if (invocation.BindingsByName.TryGetValue(_name, out var named))
        {
            return Convert(named);
        }

        return invocation.BindingsByType.GetValueOrDefault(_type) ?? FromServicesOrDefault(context);
    }

    private static object? Nothing(Type type) => type.IsValueType ? Activator.CreateInstance(type) : null;

    private object? Convert(object? value)
    {
        if (value is null ? _acceptsNull : _type.IsInstanceOfType(value))
        {
            return value;
        }

        return (value is string text ? _parse?.Invoke(text) : null)
            ?? throw new FunctionInputConverterException($"The parameter '{_name}' of the function '{_function}' cannot be read as {_type.Name} from the value given.");
    }

    private object? FromServicesOrDefault(EmbeddedFunctionContext context)
    {
        if (_parse is null && context.InstanceServices.GetService(_type) is { } service)
        {
            return service;
        }

        return _hasDefault || (_parse is not null && _acceptsNull)
            ? _default
            : throw new FunctionInputConverterException($"The parameter '{_name}' ({_type.Name}) of the function '{_function}' has no value: no binding gives it and no such service is registered.");
    }
}
