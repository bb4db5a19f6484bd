namespace CityBrain.Embedded.Companion;

/// <summary>What the host tells the worker's process by its environment.</summary>
internal static class HostLink
{
    /// <summary>Name of the variable with the file on which the host shows its clock.</summary>
    public const string ClockVariable = "CITYBRAIN_CLOCK";

    /// <summary>Name of the variable with the address to which the worker says that the app has started.</summary>
    public const string StartedVariable = "CITYBRAIN_STARTED";
}
