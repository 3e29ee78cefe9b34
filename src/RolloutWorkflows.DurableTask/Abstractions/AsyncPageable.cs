namespace RolloutWorkflows.DurableTask;

/// <summary>A list that is read page by page while it is enumerated.</summary>
/// <typeparam name="T">Type of the entries.</typeparam>
public abstract class AsyncPageable<T> : IAsyncEnumerable<T>
    where T : notnull
{
    /// <summary>The list as pages.</summary>
    /// <param name="continuationToken">Where to begin; by default at the start.</param>
    /// <param name="pageSizeHint">Wanted entries per page.</param>
    public abstract IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = default, int? pageSizeHint = default);

    /// <inheritdoc/>
    public async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        await foreach (Page<T> page in AsPages().WithCancellation(cancellationToken))
        {
            foreach (T value in page.Values)
                yield return value;
        }
    }
}
