namespace CityBrain.Embedded.Durable;

/// <summary>An orchestrator, replayed, did not ask for what it had asked for before.</summary>
internal sealed class NonDeterministicOrchestrationException(string message) : Exception(message)
{
    public static NonDeterministicOrchestrationException At(string orchestrator, int turn, int step, HistoryEvent? recorded, HistoryEvent? asked) =>
        new($"Non-deterministic orchestrator '{orchestrator}': in turn {turn}, step {step}, history has {OrchestratorAction.Describe(recorded)}, "
            + $"but the code asked for {OrchestratorAction.Describe(asked)}. An orchestrator must ask for the same steps in the same order at each replay; "
            + "use the context for time, identifiers and waiting, and start changed code under a new name while old instances run.");
}
