using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Embedded.Tests.Functions;

public sealed class FunctionKeyTests
{
    private static readonly string[] Keys =
    [
        "--Embedded:HostKeys:hotline=host-key", "--Embedded:FunctionKeys:staffonly:desk=desk-key", "--Embedded:FunctionKeys:Other:desk=other-key", "--Embedded:MasterKey=master-key",
    ];

    [Theory]
    [InlineData("Anyone", null, HttpStatusCode.OK)]
    [InlineData("StaffOnly", null, HttpStatusCode.Unauthorized)]
    [InlineData("StaffOnly", "", HttpStatusCode.Unauthorized)]
    [InlineData("StaffOnly", "wrong", HttpStatusCode.Unauthorized)]
    [InlineData("StaffOnly", "other-key", HttpStatusCode.Unauthorized)]
    [InlineData("StaffOnly", "HOST-KEY", HttpStatusCode.Unauthorized)]
    [InlineData("StaffOnly", "host-key", HttpStatusCode.OK)]
    [InlineData("StaffOnly", "desk-key", HttpStatusCode.OK)]
    [InlineData("StaffOnly", "master-key", HttpStatusCode.OK)]
    [InlineData("AdminOnly", "host-key", HttpStatusCode.Unauthorized)]
    [InlineData("AdminOnly", "master-key", HttpStatusCode.OK)]
    public async Task Request_Key_OpensWhatItsLevelAllows(string function, string? key, HttpStatusCode expected)
    {
        await using var host = await FunctionsTestHost.StartAsync([typeof(Levels)], args: Keys);
        foreach (var inHeader in new[] { true, false })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/{function}{(inHeader || key is null ? "" : "?code=" + key)}");
            if (inHeader && key is not null)
            {
                request.Headers.Add("x-functions-key", key);
            }

            using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(expected, response.StatusCode);
            Assert.True(expected == HttpStatusCode.OK || response.Content.Headers.ContentLength == 0);
        }
    }

    [Fact]
    public async Task Request_NoKeysConfigured_OpensNothingButAnonymous()
    {
        await using var host = await FunctionsTestHost.StartAsync([typeof(Levels)]);
        using var anyone = await host.Client.GetAsync("/api/Anyone", TestContext.Current.CancellationToken);
        using var staff = await host.Client.GetAsync("/api/StaffOnly?code=", TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (anyone.StatusCode, staff.StatusCode));
    }

    public sealed class Levels
    {
        [Function(nameof(Anyone))]
        public static IResult Anyone([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Results.Ok();

        [Function(nameof(StaffOnly))]
        public static IResult StaffOnly([HttpTrigger] HttpRequest request) => Results.Ok();

        [Function(nameof(AdminOnly))]
        public static IResult AdminOnly([HttpTrigger(AuthorizationLevel.Admin)] HttpRequest request) => Results.Ok();
    }
}
