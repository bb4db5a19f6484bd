namespace CityBrain.Embedded.Durable;

/// <summary>Kinds of history events; the numbers are stored.</summary>
internal enum EventKind : byte
{
    /// <summary>The orchestrator asked for an activity.</summary>
    TaskScheduled = 1,

    /// <summary>The orchestrator asked for a timer.</summary>
    TimerCreated = 2,

    /// <summary>The orchestrator asked for a sub-orchestration.</summary>
    SubOrchestrationCreated = 3,

    /// <summary>The orchestrator raised an event on another instance.</summary>
    EventSent = 4,

    /// <summary>An activity or sub-orchestration returned.</summary>
    TaskCompleted = 16,

    /// <summary>An activity or sub-orchestration failed.</summary>
    TaskFailed = 17,

    /// <summary>A timer came due.</summary>
    TimerFired = 18,

    /// <summary>An event was raised.</summary>
    EventRaised = 19,

    /// <summary>The instance was suspended.</summary>
    Suspended = 20,

    /// <summary>The instance was resumed.</summary>
    Resumed = 21,

    /// <summary>The instance was terminated.</summary>
    Terminated = 22,

    /// <summary>As <see cref="Terminated"/>, with every sub-orchestration.</summary>
    TerminatedWithChildren = 23,

    /// <summary>The instance may begin; never stored.</summary>
    Start = 32,

    /// <summary>The orchestrator left its thread of execution; never stored.</summary>
    Nudge = 33,
}
