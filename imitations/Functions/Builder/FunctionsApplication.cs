namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Where an app begins.</summary>
public class FunctionsApplication
{
    /// <summary>A builder with the settings, the logging and the services of the host.</summary>
    /// <param name="args">Command line, such as <c>--Embedded:Path=city.db</c>.</param>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(args);
}
