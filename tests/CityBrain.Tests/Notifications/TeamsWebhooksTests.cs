using System.ComponentModel.DataAnnotations;
using CityBrain.Notifications;
using Microsoft.Extensions.Options;

namespace CityBrain.Tests.Notifications;

public sealed class TeamsWebhooksTests
{
    [Fact]
    public void Of_Channel_HasItsOwnElseTheDefault()
    {
        var webhooks = Webhooks(("default", "https://a/"), ("department_dsny", "https://b/"));
        Assert.Equal("https://a/", webhooks.Of("duty")!.ToString());
        Assert.Equal("https://b/", webhooks.Of("department-dsny")!.ToString());
    }

    [Fact]
    public void Of_Reporters_NeverTakesTheDefault()
    {
        Assert.Null(Webhooks(("default", "https://a/")).Of(NoticeChannels.Reporters));
        Assert.NotNull(Webhooks(("reporters", "https://a/")).Of(NoticeChannels.Reporters));
    }

    [Theory]
    [InlineData("https://prod.logic.azure.com/x?sig=secret", true)]
    [InlineData("http://localhost:9000/", true)]
    [InlineData("http://flows.example/?sig=secret", false)]
    [InlineData("flows.example?sig=secret", false)]
    public void Validate_Address_MustBeHttpsAndIsNotRepeatedInTheMessage(string address, bool good)
    {
        var options = new TeamsOptions { Webhooks = { ["duty"] = address } };
        var faults = options.Validate(new ValidationContext(options)).ToList();
        Assert.Equal(good, faults.Count == 0);
        Assert.DoesNotContain(faults, fault => fault.ErrorMessage!.Contains("secret", StringComparison.Ordinal));
    }

    private static TeamsWebhooks Webhooks(params (string Channel, string Address)[] webhooks) =>
        new(Options.Create(new TeamsOptions { Webhooks = webhooks.ToDictionary(webhook => webhook.Channel, webhook => webhook.Address) }));
}
