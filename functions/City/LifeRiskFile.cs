namespace CityBrain.City;

/// <summary>Reads <c>life-risk.json</c>.</summary>
internal static class LifeRiskFile
{
    private static readonly string[] Services = ["110", "119", "120"];

    public static LifeRiskWords Load(string folder)
    {
        var file = new CityFile(folder, "life-risk.json");
        var listing = file.Read<Listing>();
        foreach (var sign in listing.Signs)
        {
            var place = $"signs of {sign.Service}";
            file.Require(Services.Contains(sign.Service), place, $"'{sign.Service}' is no service; write one of {string.Join(", ", Services)}.");
            file.Require(sign.Words.Count > 0 && sign.Words.All(word => word.Any(char.IsLetterOrDigit)), place, "a word is empty; write words.");
        }

        try
        {
            return new(listing.Signs, listing.Harmless);
        }
        catch (ArgumentException exception)
        {
            throw file.Error("signs", exception.Message, exception);
        }
    }

    private sealed record Listing(IReadOnlyList<LifeRiskEntry> Signs, IReadOnlyList<string> Harmless);
}
