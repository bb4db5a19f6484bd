namespace CityBrain.Embedded.Functions.Http;

/// <summary>Registered when the app asked for the ASP.NET Core integration, without which HTTP triggers do not start.</summary>
internal sealed class HttpIntegration
{
}
