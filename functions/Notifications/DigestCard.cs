using CityBrain.City;
using CityBrain.Resources;
using CityBrain.Supervision;

namespace CityBrain.Notifications;

/// <summary>Puts the week of a district or of the city into a card.</summary>
public static class DigestCard
{
    /// <summary>The elements of the card, below its title.</summary>
    public static IEnumerable<CardElement> Of(WeeklyDigest digest, CityModel city, Texts texts)
    {
        var all = digest.All;
        yield return new TextBlock(texts.Format("WeekOf", city.Areas.Find(digest.AreaId) is { } area ? texts.In(area.Name) : digest.AreaId, digest.Week, digest.Month, texts.Time(digest.DataAsOf, city.TimeZone)), Spacing: "Small", IsSubtle: true);
        yield return new FactSet(
        [
            new(texts["CockpitResponse"], RateText(all.Response, texts)),
            new(texts["CockpitResolution"], RateText(all.Resolution, texts)),
            new(texts["CockpitSatisfaction"], RateText(all.Satisfaction, texts)),
            new(texts["WeekApart"], texts.Format("WeekApartValue", all.Unanswered, all.Excluded.Values.Sum())),
            .. digest.Overdue.OrderBy(step => step.Key).Select(step => new Fact(texts.Of(step.Key), step.Value.ToString(texts.Culture))),
            .. digest.Flags.OrderBy(flag => flag.Key).Select(flag => new Fact(texts.Of(flag.Key), flag.Value.ToString(texts.Culture))),
        ]);
        foreach (var (title, lines) in new[] { (texts["WeekTop"], digest.Top), (texts["WeekBottom"], digest.Bottom) })
        {
            if (lines.Count > 0)
            {
                yield return new Container(
                    [
                        new TextBlock(title, Weight: "Bolder"),
                        new FactSet([.. lines.Select(line => new Fact($"{line.Rank!.Value.ToString(texts.Culture)}. {NameOf(digest.By, line.Id, city, texts)}", line.Score!.Value.ToString("0.00", texts.Culture)))]),
                    ],
                    Separator: true);
            }
        }
    }

    private static string RateText(Rate rate, Texts texts) => rate.Value is { } value
        ? texts.Format("WeekRate", value, rate.Numerator, rate.Denominator)
        : texts.Format("WeekTooFew", rate.Numerator, rate.Denominator);

    private static string NameOf(RateDimension by, string id, CityModel city, Texts texts) =>
        (by is RateDimension.Street ? city.Areas.Find(id)?.Name : city.Departments.Find(id)?.Name) is { } name ? texts.In(name) : id;
}
