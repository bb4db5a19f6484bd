using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace CityBrain.Tests.Intake;

public sealed class FileAppealFlowTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("behaviour", "Intake: the same channel and number again is 200 and the same case")]
    public async Task Post_TheSameAppealAgain_Is200WithTheSameCase()
    {
        await using var app = await CityApp.StartAsync();
        using var intake = app.Client(CityApp.IntakeKey);
        async Task<(HttpStatusCode, string?)> PostAsync(string channel, string text)
        {
            var answer = await intake.PostAsJsonAsync("api/appeals", new { channel, sourceId = "4711", text }, Stop);
            return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("caseId").GetString());
        }

        var (created, id) = await PostAsync("hotline", "garbage not collected");
        Assert.Equal(HttpStatusCode.Created, created);
        Assert.Equal((HttpStatusCode.OK, id), await PostAsync("hotline", "sent again, in other words"));
        var (other, otherId) = await PostAsync("app", "garbage not collected");
        Assert.Equal(HttpStatusCode.Created, other);
        Assert.NotEqual(id, otherId);
    }
}
