using System.Buffers;
using CityBrain.Embedded.TaskHub;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Microsoft.DurableTask.Protobuf;

namespace CityBrain.Embedded.Tests.TaskHub;

public sealed class EncodingTests
{
    [Fact]
    public void Frames_OfAnyEvents_AreAValidPartOfARequestUnderBothTags() => Prop.ForAll<NonNull<string>[]>(texts =>
    {
        // Lengths on both sides of where the length itself takes one more byte.
        var events = texts.Select((text, i) => HistoryEvents.Raised(i, "e", text.Get + new string('x', i * 70))).ToList();
        var added = new ArrayBufferWriter<byte>();
        events.ForEach(e => EventFrames.Append(added, EventFrames.New, e));
        var past = new ArrayBufferWriter<byte>();
        EventFrames.AppendRetagged(past, EventFrames.Past, added.WrittenSpan);
        var encoded = new ArrayBufferWriter<byte>();
        events.ForEach(e => EventFrames.Append(encoded, EventFrames.Past, e.ToByteArray()));

        Assert.Equal(new OrchestratorRequest { NewEvents = { events } }.ToByteArray(), added.WrittenSpan.ToArray());
        Assert.Equal(new OrchestratorRequest { PastEvents = { events } }.ToByteArray(), past.WrittenSpan.ToArray());
        Assert.Equal(past.WrittenSpan.ToArray(), encoded.WrittenSpan.ToArray());
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1, 300)]
    [InlineData(16_300, 16_500)]
    public void Frames_OfAnyLength_AreReadBack(int shortest, int longest)
    {
        for (var length = shortest; length <= longest; length++)
        {
            var frames = new ArrayBufferWriter<byte>();
            EventFrames.Append(frames, EventFrames.New, HistoryEvents.Started(1, new() { Name = new string('x', length) }));
            EventFrames.Append(frames, EventFrames.New, HistoryEvents.OrchestratorStarted(2));

            Assert.Equal(2, EventFrames.Parse(frames.WrittenSpan.ToArray()).Count);
            Assert.Equal(length, EventFrames.ParseStart(frames.WrittenSpan).Name.Length);
        }
    }

    [Fact]
    public void Request_PutTogether_ReadsAsOneMessage()
    {
        var row = new InstanceRow(1, "id", "name", null, OrchestrationStatus.Running, 0, "execution", false, null, null, null, null);
        var (past, added) = (new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>());
        EventFrames.Append(past, EventFrames.Past, HistoryEvents.OrchestratorStarted(1));
        EventFrames.Append(added, EventFrames.New, HistoryEvents.Raised(2, "e", "1"));

        var bytes = new TurnRequests(new() { ExtendedSessionsEnabled = true, ExtendedSessionIdleTimeoutInSeconds = 7 }).Rent(row, past.WrittenSpan, added.WrittenSpan, true, out var length);
        var request = OrchestratorRequest.Parser.ParseFrom(bytes, 0, length);

        Assert.Equal(("id", "execution"), (request.InstanceId, request.ExecutionId));
        Assert.Equal((1, 1), (request.PastEvents.Count, request.NewEvents.Count));
        Assert.Equal(7, request.Properties["ExtendedSessionIdleTimeoutInSeconds"].NumberValue);
        Assert.True(request.Properties["IsExtendedSession"].BoolValue);
        Assert.False(request.Properties["IncludeState"].BoolValue);
        Assert.Equal(1800, request.EntityParameters.EntityMessageReorderWindow.Seconds);
    }

    [Fact]
    public void Time_AsTimestampAndBack_IsTheSame() => Prop.ForAll<DateTime>(time =>
    {
        var ticks = Math.Max(time.Ticks, new DateTime(1, 1, 2).Ticks);
        Assert.Equal(ticks, HubTime.ToTicks(HubTime.ToTimestamp(ticks)));
        Assert.Equal(new DateTime(ticks, DateTimeKind.Utc), HubTime.ToTimestamp(ticks).ToDateTime());
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("""{"errorType":"A.B","errorMessage":"m","innerFailure":{"errorType":"C"}}""", "A.B", "m", "C")]
    [InlineData("""ActivityMiddleware.StructuredActivityFailure: {"errorType":"A.B","errorMessage":"m"}""", "A.B", "m", null)]
    [InlineData("plain text", "Known.Type", "plain text", null)]
    [InlineData("{not json", "Known.Type", "{not json", null)]
    [InlineData("""{"other":1}""", "Known.Type", """{"other":1}""", null)]
    public void Failure_FromTheTextOfTheWorker_HasTypeMessageAndInnerFailure(string text, string type, string message, string? inner)
    {
        var details = Failures.FromInvocation(new InvocationFailedException(text, "Known.Type"));

        Assert.Equal((type, message, inner), (details.ErrorType, details.ErrorMessage, details.InnerFailure?.ErrorType));
    }

    [Theory]
    [InlineData("text \"quoted\"", "\"text \\u0022quoted\\u0022\"")]
    [InlineData("", "\"\"")]
    public void Result_OfText_IsJson(string text, string json) => Assert.Equal(json, ActivityResult.FromText(text).Json);
}
