namespace CityBrain.City;

/// <summary>Reads <c>things.json</c>.</summary>
internal static class ThingFile
{
    public static IReadOnlyList<OneThing> Load(string folder, Catalogue catalogue)
    {
        var file = new CityFile(folder, "things.json");
        var things = file.Read<Listing>().Things;
        file.RequireUnique(things, thing => thing.Code, Place);
        file.RequireUnique(things, thing => thing.Category, thing => $"{Place(thing)}, category '{thing.Category}'");
        foreach (var thing in things)
        {
            file.RequireId(thing.Code, Place(thing));
            file.RequireName(thing.Name, Place(thing));
            RequireCategory(file, thing.Category, Place(thing), catalogue);
            foreach (var item in thing.Items)
            {
                file.RequireName(item.Task, $"{Place(thing)}, item '{item.Key}'");
                RequireCategory(file, item.Category, $"{Place(thing)}, item '{item.Key}'", catalogue);
            }

            if (ItemOrder.Faults([.. thing.Items.Select(item => (item.Key, item.After ?? []))]) is [var fault, ..])
            {
                throw file.Error(Place(thing), fault);
            }
        }

        return things;
    }

    private static void RequireCategory(CityFile file, string category, string place, Catalogue catalogue) =>
        file.Require(catalogue.Find(category) is not null, place, $"'{category}' is no item of catalogue.json; write the code of one.");

    private static string Place(OneThing thing) => $"thing '{thing.Code}'";

    private sealed record Listing(IReadOnlyList<OneThing> Things);
}
