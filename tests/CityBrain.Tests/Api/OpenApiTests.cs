using System.Reflection;
using System.Text.Json;
using CityBrain.Api;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Tests.Api;

public sealed class OpenApiTests
{
    private static readonly JsonDocument Document = Load();

    [Fact]
    public void Paths_OfTheDocument_AreTheRoutesOfTheApp()
    {
        var documented = Document.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name} {path.Name} {method.Value.GetProperty("operationId").GetString()}"));
        var routes = typeof(GetOpenApi).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetParameters().Select(parameter => (Function: method.GetCustomAttribute<FunctionAttribute>()?.Name, Trigger: parameter.GetCustomAttribute<HttpTriggerAttribute>())))
            .Where(route => route.Trigger is not null)
            .SelectMany(route => route.Trigger!.Methods!.Select(method => $"{method} /{route.Trigger.Route} {route.Function}"));
        Assert.Equal(routes.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Commands_OfTheDocument_AreThoseOfTheCatalogWithTheirArguments()
    {
        var schemas = Document.RootElement.GetProperty("components").GetProperty("schemas");
        foreach (var command in CommandCatalog.All)
        {
            var schema = schemas.GetProperty(char.ToUpperInvariant(command.Name[0]) + command.Name[1..] + "Command");
            var documented = schema.GetProperty("properties").EnumerateObject().Select(property => property.Name);
            var arguments = command.Arguments.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)!.GetParameters()
                .Where(parameter => parameter.ParameterType != command.Arguments)
                .Select(parameter => JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!));
            Assert.Equal(arguments.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Commands_OfTheAddress_AreThoseOfTheCatalog() =>
        Assert.Equal(
            CommandCatalog.All.Select(command => command.Name).Order(StringComparer.Ordinal),
            Document.RootElement.GetProperty("paths").GetProperty("/cases/{id}/{command}").GetProperty("post").GetProperty("parameters").EnumerateArray()
                .Single(parameter => parameter.GetProperty("name").GetString() == "command").GetProperty("schema").GetProperty("enum").EnumerateArray().Select(name => name.GetString()).Order(StringComparer.Ordinal));

    [Fact]
    public void References_OfTheDocument_AllResolve()
    {
        var schemas = Document.RootElement.GetProperty("components").GetProperty("schemas").EnumerateObject().Select(schema => "#/components/schemas/" + schema.Name).ToHashSet(StringComparer.Ordinal);
        var references = References(Document.RootElement).ToList();
        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.Contains(reference, schemas));
    }

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => property is { Name: "$ref", Value.ValueKind: JsonValueKind.String } ? [property.Value.GetString()!] : References(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };

    private static JsonDocument Load()
    {
        using var stream = typeof(GetOpenApi).Assembly.GetManifestResourceStream("CityBrain.Api.openapi.json")!;
        return JsonDocument.Parse(stream);
    }
}
