using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CityBrain.Embedded.Tables.Rest;

/// <summary>Puts the Table service on a web application.</summary>
public static class TableEndpoints
{
    /// <summary>Maps every path and method to the Table service. More specific routes of the same application go first.</summary>
    public static IEndpointConventionBuilder MapTables(this IEndpointRouteBuilder routes, TableService service, TableAccount account)
    {
        RequestDelegate answer = new TablesEndpoint(service, account).InvokeAsync;
        return routes.Map("{**path}", answer);
    }
}
