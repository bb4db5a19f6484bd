using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CityBrain.City;

/// <summary>Registers the city.</summary>
public static class CityRegistration
{
    /// <summary>Adds the <see cref="CityModel"/>, loaded once; a broken data file stops the start with a sentence that says where and what to write.</summary>
    public static IServiceCollection AddCity(this IServiceCollection services)
    {
        services.AddSingleton<CityProvider>();
        services.AddSingleton<IValidateOptions<CityOptions>>(provider => provider.GetRequiredService<CityProvider>());
        services.AddOptions<CityOptions>().BindConfiguration(CityOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<CityProvider>().Model(provider.GetRequiredService<IOptions<CityOptions>>().Value));
        return services;
    }

    /// <summary>Loads the city when its options are validated, so that a broken file is found at start and the files are read once.</summary>
    private sealed class CityProvider : IValidateOptions<CityOptions>
    {
        private readonly Lock _lock = new();
        private CityModel? _model;

        public ValidateOptionsResult Validate(string? name, CityOptions options)
        {
            if (string.IsNullOrWhiteSpace(options.Folder))
            {
                return ValidateOptionsResult.Skip;
            }

            try
            {
                Model(options);
                return ValidateOptionsResult.Success;
            }
            catch (CityFileException exception)
            {
                return ValidateOptionsResult.Fail(exception.Message);
            }
        }

        public CityModel Model(CityOptions options)
        {
            lock (_lock)
            {
                return _model ??= CityLoader.Load(Path.Combine(AppContext.BaseDirectory, options.Folder));
            }
        }
    }
}
