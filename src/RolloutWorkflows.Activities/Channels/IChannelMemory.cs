namespace RolloutWorkflows.Activities;

/// <summary>
/// What a channel remembers of one run, such as the number and the ids of its comments. Durable when a call
/// returns. It saves requests; where it is lost the channel finds its own traces again.
/// </summary>
public interface IChannelMemory
{
    /// <summary>What was kept under this key; null: nothing.</summary>
    ValueTask<string?> GetAsync(string key, CancellationToken cancellation = default);

    /// <summary>Keeps a value in place of any earlier one.</summary>
    ValueTask SetAsync(string key, string value, CancellationToken cancellation = default);
}
