namespace Phase2Api;

/// <summary>How many calls a caller may make in a minute. Thread-safe.</summary>
internal sealed class CallLimit(Phase2ApiOptions options, TimeProvider time)
{
    public const int PerWindow = 30;

    /// <summary>On a clock that runs fast a minute is over before a burst is, so there it lasts longer.</summary>
    private readonly TimeSpan _window = TimeSpan.FromSeconds(options.Speed == 1 ? 60 : Math.Max(60, 1.5 * options.Speed));

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (DateTimeOffset Since, int Calls)> _callers = new(StringComparer.Ordinal);

    /// <summary>Null where the call is let through; otherwise after how many seconds to come again.</summary>
    public int? Refuse(string caller)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            var (since, calls) = _callers.TryGetValue(caller, out var known) && now - known.Since < _window ? known : (now, 0);
            _callers[caller] = (since, calls + 1);
            return calls < PerWindow ? null : (int)Math.Ceiling((since + _window - now).TotalSeconds);
        }
    }
}
