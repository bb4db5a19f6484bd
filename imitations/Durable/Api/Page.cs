namespace Microsoft.DurableTask;

/// <summary>One page of values.</summary>
/// <param name="values">The values.</param>
/// <param name="continuationToken">Where the next page begins; null at the end.</param>
public sealed class Page<T>(IReadOnlyList<T> values, string? continuationToken = null)
    where T : notnull
{
    /// <summary>The values.</summary>
    public IReadOnlyList<T> Values { get; } = values ?? throw new ArgumentNullException(nameof(values));

    /// <summary>Where the next page begins; null at the end.</summary>
    public string? ContinuationToken { get; } = continuationToken;
}
