using Azure.Messaging.ServiceBus;
using CityBrain.Embedded.Functions.Hosting;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Embedded.Functions.Triggers;

/// <summary>A function with a Service Bus trigger, and how a message becomes its parameter.</summary>
internal sealed class ServiceBusTriggerFunction
{
    private readonly Func<IReadOnlyList<ServiceBusReceivedMessage>, object> _value;
    private readonly bool _takesActions;
    private readonly bool _takesSessionActions;

    /// <exception cref="InvalidOperationException">The parameter is of a type that a message cannot become.</exception>
    public ServiceBusTriggerFunction(FunctionDescriptor function, string queue, bool autoComplete)
    {
        var trigger = (ServiceBusTriggerAttribute)function.Trigger;
        (Function, Queue, AutoComplete, IsBatched, IsSessionsEnabled) = (function, queue, autoComplete, trigger.IsBatched, trigger.IsSessionsEnabled);
        _takesActions = function.Method.GetParameters().Any(parameter => parameter.ParameterType == typeof(ServiceBusMessageActions));
        _takesSessionActions = function.Method.GetParameters().Any(parameter => parameter.ParameterType == typeof(ServiceBusSessionMessageActions));
        _value = Converter(function.TriggerParameter.ParameterType, IsBatched) ?? throw new InvalidOperationException(
            $"The function '{function.Name}' has a Service Bus trigger on a parameter of the type {function.TriggerParameter.ParameterType.Name}; use ServiceBusReceivedMessage, string, BinaryData or byte[]"
            + (IsBatched ? ", as an array, since IsBatched is true." : ", or set IsBatched = true and use an array of them."));
    }

    public FunctionDescriptor Function { get; }

    public string Queue { get; }

    public bool AutoComplete { get; }

    public bool IsBatched { get; }

    public bool IsSessionsEnabled { get; }

    public FunctionInvocation Invocation(IReadOnlyList<ServiceBusReceivedMessage> messages, ServiceBusMessageActions actions, ServiceBusSessionMessageActions? sessionActions)
    {
        var value = _value(messages);
        if (!_takesActions && !_takesSessionActions)
        {
            return new FunctionInvocation(Function, value);
        }

        var bindings = new Dictionary<Type, object> { [typeof(ServiceBusMessageActions)] = actions };
        if (sessionActions is not null)
        {
            bindings.Add(typeof(ServiceBusSessionMessageActions), sessionActions);
        }

        return new FunctionInvocation(Function, value) { BindingsByType = bindings };
    }

    private static Func<IReadOnlyList<ServiceBusReceivedMessage>, object>? Converter(Type parameter, bool batched)
    {
        if (!batched)
        {
            return parameter == typeof(ServiceBusReceivedMessage) ? messages => messages[0]
                : parameter == typeof(string) ? messages => messages[0].Body.ToString()
                : parameter == typeof(BinaryData) ? messages => messages[0].Body
                : parameter == typeof(byte[]) ? messages => messages[0].Body.ToArray()
                : null;
        }

        return parameter == typeof(ServiceBusReceivedMessage[]) ? messages => messages.ToArray()
            : parameter == typeof(string[]) ? messages => messages.Select(message => message.Body.ToString()).ToArray()
            : parameter == typeof(BinaryData[]) ? messages => messages.Select(message => message.Body).ToArray()
            : parameter == typeof(byte[][]) ? messages => messages.Select(message => message.Body.ToArray()).ToArray()
            : null;
    }
}
