using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Embedded.Tests.Functions;

public sealed class HttpFunctionTests
{
    [Theory]
    [InlineData("/api/TypedResult", HttpStatusCode.Created, "{\"name\":\"grid\"}")]
    [InlineData("/api/Action", HttpStatusCode.OK, "{\"name\":\"grid\"}")]
    [InlineData("/api/Written", HttpStatusCode.Accepted, "written")]
    [InlineData("/api/Nothing", HttpStatusCode.OK, "")]
    public async Task Get_ResultOfEachKind_IsTheAnswer(string path, HttpStatusCode status, string body)
    {
        await using var host = await FunctionsTestHost.StartAsync([typeof(Results)]);
        using var response = await host.Client.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(body, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public sealed class Results
    {
        [Function(nameof(TypedResult))]
        public static IResult TypedResult([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
            Microsoft.AspNetCore.Http.Results.Json(new { name = "grid" }, statusCode: request is null ? 500 : 201);

        [Function(nameof(Action))]
        public Task<IActionResult> Action([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
            Task.FromResult<IActionResult>(new OkObjectResult(new { name = "grid" }));

        [Function(nameof(Written))]
        public static async Task Written([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, CancellationToken cancellationToken)
        {
            request.HttpContext.Response.StatusCode = 202;
            await request.HttpContext.Response.WriteAsync("written", cancellationToken);
        }

        [Function(nameof(Nothing))]
        public static void Nothing([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request)
        {
        }
    }
}
