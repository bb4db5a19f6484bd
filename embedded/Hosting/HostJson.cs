using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace CityBrain.Embedded.Hosting;

/// <summary>Reads host.json.</summary>
internal static class HostJson
{
    public const string FileName = "host.json";

    /// <summary>The options of the file; the defaults when there is no file.</summary>
    /// <exception cref="InvalidOperationException">The file is not JSON or a value is out of its range; the sentence says where and what to write.</exception>
    public static HostJsonOptions Read(string? path)
    {
        var options = new HostJsonOptions();
        if (path is null)
        {
            return options;
        }

        try
        {
            new ConfigurationBuilder().AddJsonFile(path, optional: false, reloadOnChange: false).Build().GetSection("extensions").Bind(options);
        }
        catch (Exception failure) when (failure is InvalidDataException or FormatException or InvalidOperationException)
        {
            throw new InvalidOperationException($"The file '{path}' cannot be read: {(failure.InnerException ?? failure).Message} {(failure.InnerException is null ? "" : failure.Message)}".TrimEnd(), failure);
        }

        Check(options.DurableTask, "durableTask", path);
        Check(options.ServiceBus, "serviceBus", path);
        return options;
    }

    private static void Check(object section, string name, string path)
    {
        var errors = new List<ValidationResult>();
        if (!Validator.TryValidateObject(section, new ValidationContext(section), errors, validateAllProperties: true))
        {
            throw new InvalidOperationException($"The file '{path}' has a wrong value in extensions.{name}: {string.Join(" ", errors.Select(error => error.ErrorMessage))}");
        }
    }
}
