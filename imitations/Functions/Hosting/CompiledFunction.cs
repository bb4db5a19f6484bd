using System.Linq.Expressions;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace CityBrain.Embedded.Functions.Hosting;

/// <summary>A function made ready to run: its call is compiled once, and each parameter knows where its value comes from.</summary>
internal sealed class CompiledFunction
{
    private readonly Func<object?, object?[], ValueTask<object?>> _call;
    private readonly ObjectFactory? _newInstance;
    private readonly ParameterBinder[] _binders;

    public CompiledFunction(FunctionDescriptor function)
    {
        Definition = new EmbeddedFunctionDefinition(function);
        _binders = [.. function.Method.GetParameters().Select(parameter => new ParameterBinder(function, parameter))];
        _newInstance = function.Method.IsStatic ? null : ActivatorUtilities.CreateFactory(function.Method.DeclaringType!, []);
        _call = Compile(function.Method);
    }

    public EmbeddedFunctionDefinition Definition { get; }

    /// <summary>Runs the function itself and keeps its result in the context, on the caller's synchronization context, which an orchestrator needs.</summary>
    public async Task RunAsync(EmbeddedFunctionContext context)
    {
        var arguments = new object?[_binders.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = _binders[i].Bind(context);
        }

        var instance = _newInstance?.Invoke(context.InstanceServices, null);
        try
        {
            context.Result.Value = await _call(instance, arguments);
        }
        finally
        {
            if (instance is IAsyncDisposable asyncDisposable)
            {
                await asyncDisposable.DisposeAsync();
            }
            else
            {
                (instance as IDisposable)?.Dispose();
            }
        }
    }

    private static Func<object?, object?[], ValueTask<object?>> Compile(MethodInfo method)
    {
        var instance = Expression.Parameter(typeof(object));
        var arguments = Expression.Parameter(typeof(object?[]));
        var call = Expression.Call(
            method.IsStatic ? null : Expression.Convert(instance, method.DeclaringType!),
            method,
            method.GetParameters().Select((parameter, i) => Expression.Convert(Expression.ArrayIndex(arguments, Expression.Constant(i)), parameter.ParameterType)));
        return Expression.Lambda<Func<object?, object?[], ValueTask<object?>>>(Awaited(call), instance, arguments).Compile();
    }

    private static Expression Awaited(MethodCallExpression call)
    {
        var result = call.Type;
        if (result == typeof(void))
        {
            return Expression.Block(call, Expression.Default(typeof(ValueTask<object?>)));
        }

        if (result == typeof(Task) || result == typeof(ValueTask))
        {
            return Expression.Call(typeof(CompiledFunction), nameof(FinishAsync), null, call);
        }

        if (result.IsGenericType && (result.GetGenericTypeDefinition() == typeof(Task<>) || result.GetGenericTypeDefinition() == typeof(ValueTask<>)))
        {
            return Expression.Call(typeof(CompiledFunction), nameof(ResultAsync), result.GetGenericArguments(), call);
        }

        return Expression.New(typeof(ValueTask<object?>).GetConstructor([typeof(object)])!, Expression.Convert(call, typeof(object)));
    }

    private static async ValueTask<object?> FinishAsync(Task task)
    {
        await task;
        return null;
    }

    private static async ValueTask<object?> FinishAsync(ValueTask task)
    {
        await task;
        return null;
    }

    private static async ValueTask<object?> ResultAsync<T>(Task<T> task) => await task;

    private static async ValueTask<object?> ResultAsync<T>(ValueTask<T> task) => await task;
}
