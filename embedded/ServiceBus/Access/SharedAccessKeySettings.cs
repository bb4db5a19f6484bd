using Microsoft.Extensions.Configuration;

namespace CityBrain.Embedded.ServiceBus.Access;

/// <summary>Reads a key: <c>SharedAccessKeys:{name}:Key</c>, <c>:Queues</c> (a list, or names with commas, or <c>*</c>) and <c>:Rights</c> (Send, Listen, Manage).</summary>
internal static class SharedAccessKeySettings
{
    private static readonly char[] Separators = [',', ' ', ';'];

    /// <exception cref="InvalidOperationException">Something is missing or misspelt; the sentence says what to write.</exception>
    public static SharedAccessKey Read(IConfigurationSection section)
    {
        if (section["Key"] is not { Length: > 0 } key)
        {
            throw new InvalidOperationException($"{section.Path} has no Key. Write {section.Path}:Key, {section.Path}:Queues (names, or *) and {section.Path}:Rights (Send, Listen, Manage).");
        }

        var queues = Texts(section.GetSection("Queues"));
        if (queues.Count == 0)
        {
            throw new InvalidOperationException($"{section.Path} opens no queue. Write their names in {section.Path}:Queues, or * for every queue.");
        }

        var rights = AccessRights.None;
        foreach (var text in Texts(section.GetSection("Rights")))
        {
            rights |= Enum.TryParse<AccessRights>(text, ignoreCase: true, out var right) && Enum.IsDefined(right)
                ? right
                : throw new InvalidOperationException($"{section.Path}:Rights has '{text}'; write Send, Listen or Manage.");
        }

        return rights == AccessRights.None
            ? throw new InvalidOperationException($"{section.Path} has no right. Write Send, Listen or Manage in {section.Path}:Rights.")
            : new SharedAccessKey(section.Key, key, queues, rights);
    }

    private static List<string> Texts(IConfigurationSection section) =>
        [.. section.GetChildren().Select(child => child.Value ?? "").Append(section.Value ?? "").SelectMany(text => text.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
}
