using System.ComponentModel.DataAnnotations;

namespace CityBrain.City;

/// <summary>Settings of the city, section <c>City</c>.</summary>
public sealed class CityOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "City";

    /// <summary>The folder of the city's data files; a relative one is looked for beside the app.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "City:Folder is empty; name the folder that holds city.json, or leave the setting out for the demo city.")]
    public string Folder { get; set; } = "city";
}
