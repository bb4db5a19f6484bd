using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Resources;
using CityBrain.Sharing;

namespace CityBrain.EarlyWarning;

/// <summary>A case behind a topic or a warning, redacted.</summary>
public sealed record WarnedCase(string Id, CaseState Status, DateTimeOffset FiledAt, string Title, string Text, LocalizedName? Area);

/// <summary>Reads the cases behind topics and warnings; each caller sees those of its part of the city.</summary>
public sealed class WarnedCases(CaseStore cases, CityModel city)
{
    /// <summary>The cases that a caller may see, in the order of their ids.</summary>
    public async Task<IReadOnlyList<WarnedCase>> ListAsync(Caller caller, IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(ids.Select(id => cases.FindAsync(id, cancellationToken)));
        return [.. found.OfType<Case>().Where(one => caller.MaySee(CaseSummary.Of(one), city.Areas)).Select(one =>
            new WarnedCase(one.Id, one.State, one.FiledAt, one.Title, one.Text, PlaceName.Of(one.Triage?.AreaId, city.Areas)))];
    }
}
