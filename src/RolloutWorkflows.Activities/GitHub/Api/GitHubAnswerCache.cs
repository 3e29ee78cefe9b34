namespace RolloutWorkflows.Activities;

/// <summary>Keeps answers with their ETags, so that asking again about what did not change costs nothing. The least recently used go first. Thread-safe.</summary>
internal sealed class GitHubAnswerCache
{
    private const int MaximumAnswers = 256;
    private const int MaximumBytes = 256 * 1024;

    private readonly Dictionary<string, LinkedListNode<(string Key, string ETag, OutboundAnswer Answer)>> _known = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Key, string ETag, OutboundAnswer Answer)> _recent = new();
    private readonly Lock _lock = new();

    public (string ETag, OutboundAnswer Answer)? Find(string key)
    {
        lock (_lock)
        {
            if (!_known.TryGetValue(key, out var node)) return null;
            _recent.Remove(node);
            _recent.AddFirst(node);
            return (node.Value.ETag, node.Value.Answer);
        }
    }

    public void Keep(string key, OutboundAnswer answer)
    {
        if (answer.Status != 200 || answer.Body.Length > MaximumBytes || answer.Headers.GetValueOrDefault("etag") is not { Length: > 0 and < 300 } tag) return;
        lock (_lock)
        {
            if (_known.Remove(key, out var old)) _recent.Remove(old);
            _known[key] = _recent.AddFirst((key, tag, answer));
            if (_recent.Count <= MaximumAnswers) return;
            _known.Remove(_recent.Last!.Value.Key);
            _recent.RemoveLast();
        }
    }
}
