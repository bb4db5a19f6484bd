using CityBrain.Language;
using FsCheck;
using FsCheck.Fluent;

namespace CityBrain.Tests.Language;

public sealed class ReplyCheckTests
{
    private const string LampTitle = "Street light out on Rose Street";
    private const string LampText = "The street light at the corner of Rose Street has been out for three nights and the crossing is dark.";
    private const string LampReply = "Dear Li Hua, the street light on Rose Street was inspected on 3 March. The lamp failed because of a wet fuse; the fuse was replaced and the crossing will be checked again by 10 March.";
    private const string NoiseTitle = "A3区夜市噪音扰民";
    private const string NoiseText = "A3区河边夜市每天凌晨还在放音乐，住户无法入睡，请处理。";
    private const string NoiseReply = "网友“Z100”：您好！关于A3区河边夜市噪音的问题，经现场核实，因三家摊位超过规定时间放音乐，已责令整改，预计3月10日前完成隔音。";

    private static readonly ReplyCheck Check = new(NgramStatistics.Learn(
    [
        LampTitle + LampText, LampReply, NoiseTitle + NoiseText, NoiseReply,
        "B7区学校门口堵车", "您好！B7区学校门口已安排交警，感谢您的监督。", "养老保险怎么交", "您好！养老保险按规定在社保局交纳。",
        "Water pipe burst in Oak Lane", "The pipe in Oak Lane was repaired on Monday. Thank you.", "Rubbish not collected", "Thank you for your message about rubbish.",
    ]));

    [Fact]
    public void Assess_ReplyToTheMessage_ScoresAboveAReplyToAnother()
    {
        Assert.True(Score(LampTitle, LampText, LampReply) > 0.5);
        Assert.True(Score(NoiseTitle, NoiseText, NoiseReply) > 0.5);
        Assert.True(Score(LampTitle, LampText, NoiseReply) < 0.5);
        Assert.True(Score(NoiseTitle, NoiseText, "您好！B7区学校门口已安排交警，感谢您的监督。") < Score(NoiseTitle, NoiseText, NoiseReply));
    }

    [Fact]
    public void Assess_GoodEnglishReply_SaysWhy()
    {
        var reply = Check.Assess(new ReplyPair(LampTitle, LampText, LampReply, "Li Hua", new DateOnly(2026, 3, 1)));
        Assert.Equal(
            [ReplyCue.AddressesAsker, ReplyCue.NamesSubject, ReplyCue.TakesUpDetails, ReplyCue.NamesPlace, ReplyCue.GivesReason, ReplyCue.SaysWhatWasDone, ReplyCue.NamesTime, ReplyCue.PromisesByDate],
            reply.Found);
        Assert.Empty(reply.Missing);
        Assert.Empty(reply.Against);
    }

    [Fact]
    public void Assess_GoodChineseReply_SaysWhy()
    {
        var reply = Check.Assess(new ReplyPair(NoiseTitle, NoiseText, NoiseReply, "Z100"));
        Assert.Equal(
            [ReplyCue.AddressesAsker, ReplyCue.NamesSubject, ReplyCue.TakesUpDetails, ReplyCue.NamesPlace, ReplyCue.GivesReason, ReplyCue.SaysWhatWasDone, ReplyCue.NamesTime, ReplyCue.PromisesByDate],
            reply.Found);
        Assert.Empty(reply.Against);
    }

    [Theory]
    [InlineData("您好！您的留言已收悉，感谢您的支持。", ReplyCue.OnlySetPhrases)]
    [InlineData("网友：您反映的问题已转交县住建局核实、办理。", ReplyCue.OnlyPassesOn)]
    [InlineData("Thank you for your message. We take this very seriously.", ReplyCue.OnlySetPhrases)]
    [InlineData("Your message was forwarded to the roads department.", ReplyCue.OnlyPassesOn)]
    public void Assess_Boilerplate_IsNamedAndDoesNotExplain(string boilerplate, ReplyCue cue)
    {
        var reply = Check.Assess(new ReplyPair(NoiseTitle, NoiseText, boilerplate));
        Assert.Contains(cue, reply.Against);
        Assert.Contains(ReplyCue.GivesReason, reply.Missing);
        Assert.InRange(reply.Explains, 0, 0.5);
        Assert.True(reply.Score < Score(NoiseTitle, NoiseText, NoiseReply));
    }

    [Theory]
    [InlineData("网友“Y999”：您好！A3区河边夜市噪音已整改。", ReplyCue.NamesOtherAsker)]
    [InlineData("A8县河边夜市噪音已整改。", ReplyCue.NamesOtherPlace)]
    [InlineData("A3区河边夜市噪音已整改。2025年12月31日", ReplyCue.DatedBeforeMessage)]
    public void Assess_WrongNamePlaceOrDay_IsHeldAgainstIt(string wrong, ReplyCue cue)
    {
        var pair = new ReplyPair(NoiseTitle, NoiseText, wrong, "Z100", new DateOnly(2026, 3, 1));
        Assert.Equal([cue], Check.Assess(pair).Against.Intersect([ReplyCue.NamesOtherAsker, ReplyCue.NamesOtherPlace, ReplyCue.DatedBeforeMessage]));
        Assert.True(Check.Assess(pair).Score < Score(NoiseTitle, NoiseText, "A3区河边夜市噪音已整改。"));
    }

    [Fact]
    public void Assess_RepliesOfAnyText_StayBetweenNoughtAndOne() =>
        Laws.Holds(from title in ArbMap.Default.GeneratorFor<string>() from text in ArbMap.Default.GeneratorFor<string>() from said in ArbMap.Default.GeneratorFor<string>() select new ReplyPair(title ?? "", text ?? "", said ?? ""), pair =>
        {
            var reply = new ReplyCheck(NgramStatistics.None).Assess(pair);
            Assert.InRange(reply.Score, 0, 1);
            Assert.InRange(reply.Explains, 0, 1);
            Assert.Empty(reply.Found.Intersect(reply.Missing));
        });

    [Fact]
    public void Assess_MessageWithoutTitle_TakesItsBeginningAsSubject() =>
        Assert.Contains(ReplyCue.NamesSubject, Check.Assess(new ReplyPair("", LampText, LampReply)).Found);

    private static double Score(string title, string text, string reply) => Check.Assess(new ReplyPair(title, text, reply)).Score;
}
