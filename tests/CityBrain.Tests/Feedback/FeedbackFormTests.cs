using System.Text;
using CityBrain.Feedback;
using Microsoft.AspNetCore.Http;

namespace CityBrain.Tests.Feedback;

public sealed class FeedbackFormTests
{
    [Theory]
    [Trait("behaviour", "Feedback: contacted, solved and satisfied are three questions")]
    [InlineData("application/x-www-form-urlencoded", "contacted=yes&solved=no&satisfied=no&comment=still+%E6%BC%8F%E6%B0%B4")]
    [InlineData("application/json", """{"contacted":true,"solved":false,"satisfied":false,"comment":" still 漏水 "}""")]
    public async Task ReadAsync_FormOrJson_IsTheSameAnswer(string type, string body)
    {
        var (form, _) = await Read(type, body);
        Assert.Equal(new AnswerFeedback(true, false, false, "still 漏水"), form!.ToAnswer().Answer);
    }

    [Theory]
    [Trait("behaviour", "Feedback: contacted, solved and satisfied are three questions")]
    [InlineData("application/json", """{"contacted":true,"solved":false}""", 1)]
    [InlineData("application/json", "{}", 3)]
    [InlineData("application/x-www-form-urlencoded", "", 3)]
    [InlineData("application/x-www-form-urlencoded", "contacted=maybe&solved=yes&satisfied=yes", 1)]
    public async Task ToAnswer_QuestionWithoutAnswer_IsAFault(string type, string body, int faults)
    {
        var (form, _) = await Read(type, body);
        var (answer, found) = form!.ToAnswer();
        Assert.Null(answer);
        Assert.Equal(faults, found.Count);
    }

    [Fact]
    public void ToAnswer_CommentTooLong_IsAFault() =>
        Assert.Single(new FeedbackForm(true, true, true, new string('x', AnswerFeedback.MaxComment + 1)).ToAnswer().Faults);

    [Theory]
    [InlineData("application/json", "[]")]
    [InlineData("application/json", "")]
    [InlineData("text/plain", "solved")]
    [InlineData("application/x-www-form-urlencoded", "a=1&b=1&c=1&d=1&e=1&f=1&g=1&h=1&i=1&j=1")]
    public async Task ReadAsync_NotAnAnswer_IsAProblem(string type, string body)
    {
        var (form, problem) = await Read(type, body);
        Assert.Null(form);
        Assert.NotNull(problem);
    }

    [Fact]
    public async Task ReadAsync_HugeBody_IsAProblem() => Assert.NotNull((await Read("application/x-www-form-urlencoded", "comment=" + new string('x', 20_000))).Problem);

    private static Task<(FeedbackForm? Form, IResult? Problem)> Read(string type, string body)
    {
        var request = new DefaultHttpContext().Request;
        request.ContentType = type;
        request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        return FeedbackForm.ReadAsync(request, TestContext.Current.CancellationToken);
    }
}
