using System.Diagnostics;
using CityBrain.Language;
using FsCheck;
using FsCheck.Fluent;

namespace CityBrain.Tests.Language;

public sealed class RedactorTests
{
    [Theory]
    [InlineData("13812345678")]
    [InlineData("138 1234 5678")]
    [InlineData("138-1234-5678")]
    [InlineData("138.1234.5678")]
    [InlineData("+8613812345678")]
    [InlineData("+86 138 1234 5678")]
    [InlineData("86-13812345678")]
    [InlineData("0086 13812345678")]
    [InlineData("\uFF11\uFF13\uFF18\uFF11\uFF12\uFF13\uFF14\uFF15\uFF16\uFF17\uFF18")]
    [InlineData("010-62345678")]
    [InlineData("(010) 6234 5678")]
    [InlineData("01062345678")]
    [InlineData("0571-87654321")]
    [InlineData("0316 2345678")]
    [InlineData("212-555-0100")]
    [InlineData("(212) 555-0100")]
    [InlineData("212.555.0100")]
    [InlineData("2125550100")]
    [InlineData("+1 212 555 0100")]
    [InlineData("1-212-555-0100")]
    [InlineData("+44 20 7946 0958")]
    public void Redact_Phone_IsTakenOut(string phone)
    {
        Assert.Equal("call [phone] now", Redactor.Redact($"call {phone} now"));
        Assert.Equal("请拨打[phone]联系", Redactor.Redact($"请拨打{phone}联系"));
        Assert.Equal("[phone]", Redactor.Redact(phone));
        Assert.Equal("[phone]\uFF0C谢谢。", Redactor.Redact(phone + "\uFF0C谢谢。"));
        Assert.Equal("[phone].", Redactor.Redact(phone + "."));
    }

    [Theory]
    [InlineData("电话\uFF1A87654321", "电话\uFF1A[phone]")]
    [InlineData("手机 8765 4321", "手机 [phone]")]
    [InlineData("phone: 555-0100", "phone: [phone]")]
    [InlineData("Call 5550100 please", "Call [phone] please")]
    public void Redact_LocalNumberAfterItsWord_IsTakenOut(string text, string expected) => Assert.Equal(expected, Redactor.Redact(text));

    [Theory]
    [InlineData("110101199003078515", "[id]")]
    [InlineData("11010119900307854X", "[id]")]
    [InlineData("11010119900307854x", "[id]")]
    [InlineData("110101 19900307 854X", "[id]")]
    [InlineData("6222021234567890128", "[card]")]
    [InlineData("4111 1111 1111 1111", "[card]")]
    [InlineData("4111-1111-1111-1111", "[card]")]
    [InlineData("zhang.san+1@mail.example.com.cn", "[email]")]
    [InlineData("a@b.cn", "[email]")]
    [InlineData("zhang\uFF20example.com", "[email]")]
    public void Redact_IdCardOrEmail_IsTakenOut(string secret, string kind)
    {
        Assert.Equal($"see {kind} here", Redactor.Redact($"see {secret} here"));
        Assert.Equal($"证件{kind}\u3002", Redactor.Redact($"证件{secret}\u3002"));
    }

    [Theory]
    [InlineData("我叫张三\uFF0C住在这里", "我叫[name]\uFF0C住在这里")]
    [InlineData("我叫张三电话是12345", "我叫[name]电话是12345")]
    [InlineData("我是李小明。", "我是[name]。")]
    [InlineData("联系人\uFF1A王五 要求回复", "联系人\uFF1A[name] 要求回复")]
    [InlineData("本人姓名欧阳小明", "本人姓名[name]")]
    [InlineData("My name is John Smith and I live here", "My name is [name] and I live here")]
    [InlineData("my name is john", "my name is [name]")]
    [InlineData("ask for Mr. O'Brien-Jones", "ask for Mr. [name]")]
    [InlineData("Mrs Müller complains", "Mrs [name] complains")]
    public void Redact_OwnName_IsTakenOut(string text, string expected) => Assert.Equal(expected, Redactor.Redact(text));

    [Theory]
    [InlineData("350 5th Avenue, Apt 12B, New York 10118-0110")]
    [InlineData("100-25 Queens Blvd")]
    [InlineData("中山路1234号12栋3单元1801室")]
    [InlineData("3-2-502, 建设路88弄6号")]
    [InlineData("paid 12345.67 yuan of 1,234,567.89, refund 100,200,3000")]
    [InlineData("共计13,800,138,000元")]
    [InlineData("on 2024-01-15 08:30 and 2024/12/31, 20240115, 15.01.2024")]
    [InlineData("between 2024-01-15 2024-01-16")]
    [InlineData("2024-09-18T02:00:00.1234567+08:00")]
    [InlineData("case 20240115000012345")]
    [InlineData("工单FH202401150000123456")]
    [InlineData("case 0123456789abcdefghjk")]
    [InlineData("at 40.7128, -74.0060")]
    [InlineData("116.397428,39.909230")]
    [InlineData("120.1551 30.2741")]
    [InlineData("dial 12345 or 110 or 119")]
    [InlineData("threshold 2, since 2024-09-18T02:00:00.0000000+00:00.")]
    [InlineData("我是业主")]
    [InlineData("bus 138 at stop 1234")]
    [InlineData("")]
    public void Redact_NothingPersonal_IsLeftAsItIs(string text) => Assert.Equal(text, Redactor.Redact(text));

    [Fact]
    public void Redact_NameThatIsKnown_IsTakenOutWhereverItStands()
    {
        Assert.Equal("[name]反映\uFF0C[name]家门口有垃圾", Redactor.Redact("张三反映\uFF0C张三家门口有垃圾", "张三"));
        Assert.Equal("[name] says so", Redactor.Redact("ann LEE says so", "Ann Lee"));
        Assert.Equal("Annex of the Leeds", Redactor.Redact("Annex of the Leeds", "Ann"));
        Assert.Equal("x is here", Redactor.Redact("x is here", "x"));
        Assert.Equal("unchanged", Redactor.Redact("unchanged", " "));
    }

    public static TheoryData<string> Pathological => new(
        new string('1', 8000),
        string.Concat(Enumerable.Repeat("1 ", 4000)),
        string.Concat(Enumerable.Repeat("12-", 2667)),
        new string('a', 8000),
        new string('@', 8000),
        string.Concat(Enumerable.Repeat("a.", 4000)),
        string.Concat(Enumerable.Repeat("a@b.", 2000)),
        string.Concat(Enumerable.Repeat("+1 (", 2000)),
        string.Concat(Enumerable.Repeat("我叫", 4000)),
        string.Concat(Enumerable.Repeat("my name is ", 727)),
        string.Concat(Enumerable.Repeat("phone: ", 1142)),
        new string('\uFF11', 8000),
        new string('\uD83D', 8000));

    [Theory]
    [MemberData(nameof(Pathological))]
    public void Redact_PathologicalText_ComesBackSoon(string text)
    {
        Redactor.Redact("warm up");
        var started = Stopwatch.GetTimestamp();
        Assert.NotNull(Redactor.Redact(text));
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 3);
    }

    [Fact]
    public void Redact_PlantedPhone_LeavesNoRunOfItsDigits() =>
        Laws.Holds(Planted, text => Assert.DoesNotContain("98765", new string([.. Redactor.Redact(text).Where(char.IsDigit)]), StringComparison.Ordinal));

    [Fact]
    public void Redact_Twice_IsTheSameAsOnce() =>
        Laws.Holds(Planted, text => Assert.Equal(Redactor.Redact(text), Redactor.Redact(Redactor.Redact(text))));

    /// <summary>Words, figures and punctuation in any order round a phone number; the digits 98765 occur in the phone alone.</summary>
    private static Gen<string> Planted { get; } =
        from before in Filler
        from phone in Phone
        from after in Filler
        select $"{before}{phone}{after}";

    private static Gen<string> Filler =>
        from parts in Gen.Elements("垃圾", " 噪音 ", "on 2024-01-15 ", " 12号楼 ", "\uFF0C", "\u3002", "price 20.50, ", "\n", "电话", "tel ", " (", "Road ", "\uD83D\uDE00").ListOf()
        select string.Concat(parts);

    private static Gen<string> Phone =>
        from start in Gen.Elements("13", "15", "18", "19")
        from separator in Gen.Elements("", " ", "-")
        from prefix in Gen.Elements("", "+86", "86", "+86 ", "0086-")
        select $"{prefix}{start}9{separator}8765{separator}4321";
}
