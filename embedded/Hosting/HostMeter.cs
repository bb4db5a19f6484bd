using System.Diagnostics.Metrics;

namespace CityBrain.Embedded.Hosting;

/// <summary>What the host counts, as metrics of the meter <c>CityBrain.Embedded</c>.</summary>
internal sealed class HostMeter : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "CityBrain.Embedded";

    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _invocations;
    private readonly Counter<long> _tableRequests;

    public HostMeter()
    {
        _invocations = _meter.CreateCounter<long>("functions.invocations", "{invocation}", "Invocations of functions, by trigger.");
        _tableRequests = _meter.CreateCounter<long>("tables.requests", "{request}", "Requests to tables, by method.");
    }

    /// <summary>A function is invoked.</summary>
    public void Invoked(string trigger) => _invocations.Add(1, new KeyValuePair<string, object?>("trigger", trigger));

    /// <summary>The tables are asked for something.</summary>
    public void AskedTables(string method, bool isBatch) => _tableRequests.Add(1, new KeyValuePair<string, object?>("method", isBatch ? "transaction" : method));

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
