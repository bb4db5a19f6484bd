using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Api;

/// <summary><c>GET /api/openapi.json</c>: the contract of this API.</summary>
public sealed class GetOpenApi
{
    private static readonly byte[] Document = Load();

    /// <summary>Answers the request.</summary>
    [Function(nameof(GetOpenApi))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "openapi.json")] HttpRequest request) =>
        TypedResults.Bytes(Document, "application/json");

    private static byte[] Load()
    {
        using var resource = typeof(GetOpenApi).Assembly.GetManifestResourceStream("CityBrain.Api.openapi.json")
            ?? throw new InvalidOperationException("openapi.json is not embedded in the app.");
        using var buffer = new MemoryStream();
        resource.CopyTo(buffer);
        return buffer.ToArray();
    }
}
