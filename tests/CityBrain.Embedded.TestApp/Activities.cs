using System.Collections.Concurrent;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Embedded.TestApp;

/// <summary>What the orchestrations call.</summary>
public sealed class Activities(Marks marks, Attempts attempts)
{
    /// <summary>Adds one.</summary>
    [Function(nameof(AddOne))]
    public int AddOne([ActivityTrigger] int number, string instanceId)
    {
        marks.Add($"add {instanceId} {number}");
        return number + 1;
    }

    /// <summary>Fails twice, then says how often it was tried.</summary>
    [Function(nameof(FailsTwice))]
    public int FailsTwice([ActivityTrigger] string name) =>
        attempts.Next(name) is > 2 and var attempt ? attempt : throw new TimeoutException($"not yet, {name}");

    /// <summary>Fails.</summary>
    [Function(nameof(FailsAlways))]
    public static void FailsAlways([ActivityTrigger] string what) => throw new InvalidOperationException($"failure {what}", new ArgumentException("the cause"));
}

/// <summary>How often something was tried in this process.</summary>
public sealed class Attempts
{
    private readonly ConcurrentDictionary<string, int> _counts = new();

    /// <summary>Counts one more.</summary>
    public int Next(string name) => _counts.AddOrUpdate(name, 1, (_, count) => count + 1);
}
