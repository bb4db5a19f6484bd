namespace CityBrain.Embedded.Functions.Worker;

/// <summary>A worker that is ready for invocations: its functions are loaded and the app has started.</summary>
/// <param name="Channel">The way to it.</param>
/// <param name="Functions">Its functions.</param>
/// <param name="Http">Base address of its own web server; null when the app has none.</param>
internal sealed record RunningWorker(WorkerChannel Channel, IReadOnlyList<WorkerFunction> Functions, Uri? Http)
{
    private readonly Dictionary<string, WorkerFunction> _byId = Functions.ToDictionary(function => function.Id, StringComparer.Ordinal);

    private readonly Dictionary<string, WorkerFunction> _byName = Functions.ToDictionary(function => function.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The function of a name, without regard to case; null when the app has none.</summary>
    public WorkerFunction? FindByName(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The function of an id; null when the app has none.</summary>
    public WorkerFunction? Find(string functionId) => _byId.GetValueOrDefault(functionId);
}
