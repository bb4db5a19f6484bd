using CityBrain.Embedded.Functions.Hosting;
using CityBrain.Embedded.Storage;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Composes a Functions app.</summary>
public class FunctionsApplicationBuilder : IHostApplicationBuilder, IFunctionsWorkerApplicationBuilder
{
    private readonly HostApplicationBuilder _host;
    private readonly MiddlewarePipeline _middleware = new();
    private bool _built;

    internal FunctionsApplicationBuilder(string[]? args)
    {
        args ??= [];
        var root = new ConfigurationBuilder().AddCommandLine(args).Build()[HostDefaults.ContentRootKey] ?? Directory.GetCurrentDirectory();
        _host = new HostApplicationBuilder(new HostApplicationBuilderSettings
        {
            DisableDefaults = true,
            ContentRootPath = root,
            EnvironmentName = System.Environment.GetEnvironmentVariable("AZURE_FUNCTIONS_ENVIRONMENT") ?? Environments.Production,
        });
        HostSettings.AddTo(_host.Configuration, root, args);
        _host.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information)
            .AddConfiguration(_host.Configuration.GetSection("Logging")).AddSimpleConsole(console => console.SingleLine = true);
        _host.ConfigureContainer(new DefaultServiceProviderFactory(new ServiceProviderOptions
        {
            ValidateOnBuild = _host.Environment.IsDevelopment(),
            ValidateScopes = _host.Environment.IsDevelopment(),
        }));
        Services.AddSingleton(HostJson.Read(HostSettings.Find(HostJson.FileName, root)));
        Services.AddSingleton(_middleware);
        Services.AddPlatform();
    }

    /// <inheritdoc/>
    public IDictionary<object, object> Properties => ((IHostApplicationBuilder)_host).Properties;

    /// <summary>The settings: host defaults, local.settings.json, environment variables, command line.</summary>
    public ConfigurationManager Configuration => _host.Configuration;

    /// <inheritdoc/>
    public IHostEnvironment Environment => _host.Environment;

    /// <inheritdoc/>
    public ILoggingBuilder Logging => _host.Logging;

    /// <inheritdoc/>
    public IMetricsBuilder Metrics => _host.Metrics;

    /// <inheritdoc/>
    public IServiceCollection Services => _host.Services;

    IConfigurationManager IHostApplicationBuilder.Configuration => Configuration;

    /// <summary>Builds the host and opens the platform; can be called once.</summary>
    /// <exception cref="InvalidOperationException">It was called before, or the settings or functions are wrong.</exception>
    public IHost Build()
    {
        ThrowIfBuilt();
        _built = true;
        Services.AddHost();
        var host = _host.Build();
        try
        {
            // The container disposes in the reverse order of making: what is made first is closed last.
            _ = host.Services.GetRequiredService<EmbeddedPlatform>();
            _ = host.Services.GetRequiredService<FunctionInvoker>();
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void ConfigureContainer<TContainerBuilder>(IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null)
        where TContainerBuilder : notnull => _host.ConfigureContainer(factory, configure);

    /// <inheritdoc/>
    public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
    {
        ThrowIfBuilt();
        _middleware.Add(middleware);
        return this;
    }

    private void ThrowIfBuilt()
    {
        if (_built)
        {
            throw new InvalidOperationException("The application has already been built.");
        }
    }
}
