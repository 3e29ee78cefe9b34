namespace RolloutWorkflows.DurableTask;

/// <summary>One page of a longer list.</summary>
/// <typeparam name="T">Type of the entries.</typeparam>
public sealed class Page<T>
    where T : notnull
{
    /// <param name="values">Entries of the page.</param>
    /// <param name="continuationToken">Where the next page begins; <see langword="null"/> after the last one.</param>
    public Page(IReadOnlyList<T> values, string? continuationToken = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        Values = values;
        ContinuationToken = continuationToken;
    }

    /// <summary>Entries of the page.</summary>
    public IReadOnlyList<T> Values { get; }

    /// <summary>Where the next page begins; <see langword="null"/> after the last one.</summary>
    public string? ContinuationToken { get; }
}
