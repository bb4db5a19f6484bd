using CityBrain.Language;
using FsCheck;
using FsCheck.Fluent;

namespace CityBrain.Tests.Language;

/// <summary>Each kind of personal data: what is taken out, what looks like it and stays, and that nothing valid slips through.</summary>
public sealed class RedactorKindsTests
{
    [Theory]
    [InlineData("1 3 8 1 2 3 4 5 6 7 8")]
    [InlineData("1381 2345 678")]
    [InlineData("138 123 45678")]
    [InlineData("13812 345 678")]
    [InlineData("138-12-34-56-78")]
    [InlineData("+86 010 62345678")]
    [InlineData("400-123-4567")]
    [InlineData("400 1234 567")]
    [InlineData("4001234567")]
    [InlineData("800-810-1234")]
    [InlineData("\u0661\u0663\u0668\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668")]
    public void Redact_PhoneInAnyGrouping_IsTakenOut(string phone)
    {
        Assert.Equal("call [phone] now", Redactor.Redact($"call {phone} now"));
        Assert.Equal("请回复[phone]\uFF0C谢谢", Redactor.Redact($"请回复{phone}\uFF0C谢谢"));
    }

    [Theory]
    [InlineData("138123456781802室", "[phone]室")]
    [InlineData("我住2单元50213812345678急", "我住2单元[phone]急")]
    [InlineData("1381234567813912345678", "[phone]")]
    [InlineData("tel010-62345678ext 12", "tel[phone]ext 12")]
    [InlineData("abc13812345678def", "abc[phone]def")]
    public void Redact_PhoneGluedToDigitsOrText_IsTakenOut(string text, string expected) => Assert.Equal(expected, Redactor.Redact(text));

    [Theory]
    [InlineData("110101900307851", "[id]")]
    [InlineData("身份证号\uFF1A110101199003078519", "身份证号\uFF1A[id]")]
    [InlineData("身份证110101199003078515电话13812345678", "身份证[id]电话[phone]")]
    [InlineData("11010119900307851513812345678", "[id][phone]")]
    [InlineData("SSN 219-09-9999.", "SSN [id].")]
    [InlineData("social security number 219 09 9999", "social security number [id]")]
    [InlineData("219-09-9999", "[id]")]
    public void Redact_IdentityNumber_IsTakenOut(string text, string expected) => Assert.Equal(expected, Redactor.Redact(text));

    [Theory]
    [InlineData("E12345678", "[passport]")]
    [InlineData("护照号\uFF1AG12345678\u3002", "护照号\uFF1A[passport]\u3002")]
    [InlineData("passport no. C01X00T47", "passport no. [passport]")]
    [InlineData("passport 123456789", "passport [passport]")]
    [InlineData("港澳通行证C12345678", "港澳通行证[passport]")]
    public void Redact_Passport_IsTakenOut(string text, string expected) => Assert.Equal(expected, Redactor.Redact(text));

    [Theory]
    [InlineData("车牌浙A12345占道", "车牌[plate]占道")]
    [InlineData("粤BD12345", "[plate]")]
    [InlineData("沪A12345D停在这里", "[plate]停在这里")]
    [InlineData("京A·F0236", "[plate]")]
    [InlineData("苏e1234挂", "[plate]")]
    [InlineData("粤Z1234港", "[plate]")]
    [InlineData("plate ABC 1234 blocks the drive", "plate [plate] blocks the drive")]
    [InlineData("licence number: 7ABC123", "licence number: [plate]")]
    [InlineData("license plate is FZK-1234", "license plate is [plate]")]
    public void Redact_Plate_IsTakenOut(string text, string expected) => Assert.Equal(expected, Redactor.Redact(text));

    [Theory]
    [InlineData("4222222222222", "[card]")]
    [InlineData("3056 930902 5904", "[card]")]
    [InlineData("378282246310005", "[card]")]
    [InlineData("6222 0212 3456 7890 128", "[card]")]
    [InlineData("卡号\uFF1A6222021234567890123", "卡号\uFF1A[card]")]
    public void Redact_BankCard_IsTakenOut(string text, string expected) => Assert.Equal(expected, Redactor.Redact(text));

    [Theory]
    [InlineData("张先生反映", "[name]先生反映")]
    [InlineData("李女士\u3001王师傅", "[name]女士\u3001[name]师傅")]
    [InlineData("欧阳女士来电", "[name]女士来电")]
    [InlineData("张小明先生", "[name]先生")]
    [InlineData("物业的王经理说", "物业的[name]经理说")]
    [InlineData("本人张三\uFF0C家住三楼", "本人[name]\uFF0C家住三楼")]
    [InlineData("本人王小明家住三楼", "本人[name]家住三楼")]
    [InlineData("免贵姓陈", "免贵姓[name]")]
    [InlineData("居民李小明反映噪音", "居民[name]反映噪音")]
    [InlineData("投诉人\uFF1A赵六", "投诉人\uFF1A[name]")]
    [InlineData("see Dr. Smith about it", "see Dr. [name] about it")]
    [InlineData("I'm John Smith", "I'm [name]")]
    [InlineData("Contact person: Jane Doe", "Contact person: [name]")]
    [InlineData("My name's Ann", "My name's [name]")]
    public void Redact_NameWithTitleOrRole_IsTakenOut(string text, string expected) => Assert.Equal(expected, Redactor.Redact(text));

    [Theory]
    [InlineData("本人于昨天上午报修")]
    [InlineData("向主任反映过")]
    [InlineData("一位女士和一位先生")]
    [InlineData("居民楼下的垃圾")]
    [InlineData("请老师和医生来")]
    [InlineData("100 Ocean Dr Brooklyn")]
    [InlineData("I am very angry")]
    [InlineData("2024年1月15日8点30分")]
    [InlineData("罚款400元\uFF0C合计4000000000元")]
    [InlineData("编号3115812345678")]
    [InlineData("the licence of the bar, plate of food 12")]
    [InlineData("京都A座12345")]
    [InlineData("order 123-456")]
    [InlineData("000-12-3456")]
    [InlineData("E1234567 of the catalogue")]
    [InlineData("文号 20240115000012345")]
    [InlineData("13\u300114\u300115号楼")]
    [InlineData("18:30-21:00, 138 people")]
    public void Redact_WhatLooksLikeIt_IsLeftAsItIs(string text) => Assert.Equal(text, Redactor.Redact(text));

    [Theory]
    [InlineData("110101199003078515", true)]
    [InlineData("110101199003078516", false)]
    [InlineData("110101199002308512", false)]
    [InlineData("990101199003078515", false)]
    [InlineData("1101011990030785", false)]
    public void IsValid_IdentityNumber_ByProvinceDayAndCheck(string number, bool valid) => Assert.Equal(valid, IdentityNumbers.IsValid(number));

    [Fact]
    public void Redact_AnyValidIdentityNumberAnywhere_IsTakenOut() =>
        Laws.Holds(from id in Ids from place in Surroundings select place.Replace("|", id, StringComparison.Ordinal) + "\n" + id, text =>
            Assert.DoesNotContain(text.Split('\n')[^1], Redactor.Redact(text), StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void Redact_AnyCardAnywhere_IsTakenOut() =>
        Laws.Holds(from card in Cards from place in Surroundings select place.Replace("|", card, StringComparison.Ordinal) + "\n" + card, text =>
            Assert.DoesNotContain(text.Split('\n')[^1], Redactor.Redact(text), StringComparison.Ordinal));

    [Fact]
    public void Redact_AnyMobileAnywhere_IsTakenOut() =>
        Laws.Holds(from phone in Mobiles from place in Surroundings from digits in Gen.Elements("", "5", "12", "1801") select place.Replace("|", phone + digits, StringComparison.Ordinal) + "\n" + phone, text =>
            Assert.DoesNotContain(text.Split('\n')[^1], Redactor.Redact(text), StringComparison.Ordinal));

    [Fact]
    public void Redact_AnythingAtAll_NeverThrowsAndTwiceIsOnce() =>
        Laws.Holds(from parts in Gen.OneOf(Ids, Cards, Mobiles, Surroundings, Gen.Elements("张先生", "本人", "我叫", "Mr. ", "\uD800", "[phone", "]", "0571-8765", "E1234", "浙A", "@", "a.b", "\uFF11", "身份证", " ")).ListOf() select string.Concat(parts), text =>
        {
            var once = Redactor.Redact(text, "张三");
            Assert.Equal(once, Redactor.Redact(once, "张三"));
        });

    public static TheoryData<string> Hostile => new(
        "1", "1 ", "12-", "a", "@", "a.", "a@b.", "+1 (", "我叫", "my name is ", "phone: ", "张先生", "张", "110101", "浙A", "Dr ", "1 Dr ", "plate ", "护照", "身份证号码是: ", "\uD83D", "[phone", "13812345678");

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Redact_HundredKilobytesOfHostileText_IsFinishedAndNotWithheld(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 100_000 / part.Length));
        Assert.NotEqual(Redactor.Withheld, Redactor.Redact(text));
    }

    private static Gen<string> Digits(int count) => from digits in Gen.Choose(0, 9).ArrayOf(count) select string.Concat(digits);

    private static Gen<string> Ids =>
        from province in Gen.Elements(11, 31, 33, 44, 65, 81)
        from place in Digits(4)
        from year in Gen.Choose(1900, 2020)
        from month in Gen.Choose(1, 12)
        from day in Gen.Choose(1, 28)
        from serial in Digits(3)
        let start = $"{province}{place}{year}{month:D2}{day:D2}{serial}"
        select start + IdentityNumbers.CheckCharacter(start + "0");

    private static Gen<string> Cards =>
        from start in Gen.Elements("4", "51", "62", "35", "621700")
        from length in Gen.Choose(15, 18)
        from rest in Digits(18)
        let body = (start + rest)[..length]
        select Enumerable.Range(0, 10).Select(check => body + check).First(NumberChecks.IsCard);

    private static Gen<string> Mobiles =>
        from second in Gen.Choose(3, 9)
        from rest in Digits(9)
        select $"1{second}{rest}";

    private static Gen<string> Surroundings =>
        from before in Gen.Elements("", "垃圾", "请联系", "\uFF08", "tel ", "垃圾, ", "2024年1月15日", "\uD83D\uDE00", "\n", "x ")
        from after in Gen.Elements("", "急", "\uFF09", ", please", "。", " 2024-01-15", "号", "\t")
        select $"{before}|{after}";
}
