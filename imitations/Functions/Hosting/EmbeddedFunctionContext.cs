using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace CityBrain.Embedded.Functions.Hosting;

/// <summary>One invocation. Scope, items and the linked cancellation token are made at first use, since many invocations need none of them.</summary>
internal sealed class EmbeddedFunctionContext : FunctionContext, IServiceProvidersFeature, IAsyncDisposable
{
    /// <summary>Key of the HTTP context in <see cref="Items"/>; the official worker's.</summary>
    public const string HttpContextKey = "HttpRequestContext";

    private readonly IServiceScopeFactory _scopes;
    private readonly CancellationToken _caller;
    private readonly CancellationToken _hostStopping;
    private CancellationTokenSource? _linked;
    private AsyncServiceScope? _scope;
    private IServiceProvider? _services;
    private IDictionary<object, object>? _items;
    private string? _invocationId;
    private bool _disposed;

    public EmbeddedFunctionContext(
        CompiledFunction function, FunctionInvocation invocation, IServiceScopeFactory scopes, CancellationToken caller, CancellationToken hostStopping)
    {
        (Function, Invocation, _scopes, _caller, _hostStopping) = (function, invocation, scopes, caller, hostStopping);
        BindingContext = new EmbeddedBindingContext(invocation);
        Features = new InvocationFeatures(Result);
        invocation.HttpContext?.Features.Set<IServiceProvidersFeature>(this);
    }

    public CompiledFunction Function { get; }

    public FunctionInvocation Invocation { get; }

    public EmbeddedInvocationResult Result { get; } = new();

    public override string InvocationId => _invocationId ??= Guid.NewGuid().ToString();

    public override string FunctionId => Function.Definition.Id;

    public override BindingContext BindingContext { get; }

    public override FunctionDefinition FunctionDefinition => Function.Definition;

    public override IInvocationFeatures Features { get; }

    public override IDictionary<object, object> Items
    {
        get => _items ??= Invocation.HttpContext is { } http ? new Dictionary<object, object> { [HttpContextKey] = http } : [];
        set => _items = value;
    }

    public override IServiceProvider InstanceServices
    {
        get
        {
            if (_services is null)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                _scope = _scopes.CreateAsyncScope();
                _services = _scope.Value.ServiceProvider;
            }

            return _services;
        }
        set => _services = value;
    }

    IServiceProvider IServiceProvidersFeature.RequestServices
    {
        get => InstanceServices;
        set => InstanceServices = value;
    }

    public override CancellationToken CancellationToken
    {
        get
        {
            if (!_caller.CanBeCanceled || _disposed)
            {
                return _linked?.Token ?? _hostStopping;
            }

            return (_linked ??= CancellationTokenSource.CreateLinkedTokenSource(_caller, _hostStopping)).Token;
        }
    }

    /// <summary>True once the caller went away or the host stops.</summary>
    public bool IsCancelled => _caller.IsCancellationRequested || _hostStopping.IsCancellationRequested;

    public ValueTask DisposeAsync()
    {
        _disposed = true;
        _linked?.Dispose();
        return _scope?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
