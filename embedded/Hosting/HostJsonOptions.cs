using System.ComponentModel.DataAnnotations;

namespace CityBrain.Embedded.Hosting;

/// <summary>The settings of host.json that matter here, section <c>extensions</c>; the defaults are the official ones.</summary>
internal sealed class HostJsonOptions
{
    /// <summary>Settings of HTTP triggers.</summary>
    public HttpOptions Http { get; set; } = new();

    /// <summary>Settings of durable functions.</summary>
    public DurableTaskOptions DurableTask { get; set; } = new();

    /// <summary>Settings of Service Bus triggers.</summary>
    public ServiceBusOptions ServiceBus { get; set; } = new();

    /// <summary>Section <c>extensions.http</c>.</summary>
    public sealed class HttpOptions
    {
        /// <summary>First part of every route; may be empty.</summary>
        public string RoutePrefix { get; set; } = "api";
    }

    /// <summary>Section <c>extensions.durableTask</c>.</summary>
    public sealed class DurableTaskOptions
    {
        /// <summary>Name of the task hub.</summary>
        [Required, RegularExpression("[A-Za-z][A-Za-z0-9]{2,49}", ErrorMessage = "hubName must be 3 to 50 letters and digits and begin with a letter.")]
        public string HubName { get; set; } = "TestHubName";

        /// <summary>Activities that run at the same moment, at least 1.</summary>
        [Range(1, 100_000)]
        public int MaxConcurrentActivityFunctions { get; set; } = 10 * Environment.ProcessorCount;

        /// <summary>Orchestrator turns that run at the same moment, at least 1.</summary>
        [Range(1, 100_000)]
        public int MaxConcurrentOrchestratorFunctions { get; set; } = 10 * Environment.ProcessorCount;

        /// <summary>The worker may keep an orchestration in memory between its turns.</summary>
        public bool ExtendedSessionsEnabled { get; set; }

        /// <summary>Seconds without a turn after which the worker forgets an orchestration, at least 1.</summary>
        [Range(1, 86_400)]
        public int ExtendedSessionIdleTimeoutInSeconds { get; set; } = 30;
    }

    /// <summary>Section <c>extensions.serviceBus</c>.</summary>
    public sealed class ServiceBusOptions
    {
        /// <summary>Complete a message when its function returns, unless the trigger says otherwise.</summary>
        public bool AutoCompleteMessages { get; set; } = true;

        /// <summary>Messages of one function without sessions that are handled at the same moment, at least 1.</summary>
        [Range(1, 10_000)]
        public int MaxConcurrentCalls { get; set; } = 16;

        /// <summary>Sessions of one function that are handled at the same moment, at least 1.</summary>
        [Range(1, 10_000)]
        public int MaxConcurrentSessions { get; set; } = 8;

        /// <summary>Messages in one batch, at least 1.</summary>
        [Range(1, 10_000)]
        public int MaxMessageBatchSize { get; set; } = 1000;

        /// <summary>How long an idle session is kept before another may take its place; above zero.</summary>
        [Range(typeof(TimeSpan), "00:00:00.0010000", "1.00:00:00")]
        public TimeSpan SessionIdleTimeout { get; set; } = TimeSpan.FromMinutes(1);

        /// <summary>How long the lock of a message is renewed while its function runs.</summary>
        [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
        public TimeSpan MaxAutoLockRenewalDuration { get; set; } = TimeSpan.FromMinutes(5);
    }
}
