using System.Collections.Concurrent;
using System.Globalization;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Remembers, per identity, until when GitHub wants to hear nothing, and keeps requests that change something apart.
/// Thread-safe.
/// </summary>
internal sealed class GitHubPace(TimeProvider time, TimeSpan writeInterval)
{
    /// <summary>What GitHub asks for where it names no time.</summary>
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(1);

    /// <summary>No answer may silence us for longer.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(2);

    private readonly ConcurrentDictionary<string, Silence> _silences = [];
    private readonly ConcurrentDictionary<string, WriteTurn> _writes = [];

    /// <summary>Throws while GitHub wants to hear nothing from this identity.</summary>
    public void Check(string identity, bool graphQl)
    {
        foreach (var key in new[] { identity, KeyOf(identity, graphQl) })
        {
            if (!_silences.TryGetValue(key, out var silence)) continue;
            var wait = silence.Until - time.GetUtcNow();
            if (wait > TimeSpan.Zero) throw new GitHubException(silence.Kind, silence.Why, notDone: true, wait);
            _silences.TryRemove(key, out _);
        }
    }

    /// <summary>Waits until this identity may change something again. Whoever gets the turn ends it by disposing it.</summary>
    public async Task<IDisposable> WriteAsync(string identity, CancellationToken cancellation)
    {
        var turn = _writes.GetOrAdd(identity, _ => new WriteTurn(time, writeInterval));
        await turn.BeginAsync(cancellation);
        return turn;
    }

    /// <summary>Takes from a good answer that the hour's requests are used up.</summary>
    public void Note(string identity, bool graphQl, IReadOnlyDictionary<string, string> headers)
    {
        if (UsedUp(headers) is { } wait)
            _silences[KeyOf(identity, graphQl)] = new Silence(time.GetUtcNow() + wait, GitHubFailure.RateLimited, "GitHub's limit of requests an hour is used up");
    }

    /// <summary>Takes from a refusal how long to be silent.</summary>
    public TimeSpan Refused(string identity, bool graphQl, IReadOnlyDictionary<string, string> headers)
    {
        var (key, wait, why) = RetryAfter(headers) is { } stated ? (identity, stated, "GitHub asked to wait because of too many requests at a time")
            : UsedUp(headers) is { } hour ? (KeyOf(identity, graphQl), hour, "GitHub's limit of requests an hour is used up")
            : (identity, Usual, "GitHub asked to wait because of too many requests at a time");
        _silences[key] = new Silence(time.GetUtcNow() + wait, GitHubFailure.RateLimited, why);
        return wait;
    }

    /// <summary>Takes from a server's error how long to be silent; null where it does not say.</summary>
    public TimeSpan? Broken(string identity, IReadOnlyDictionary<string, string> headers)
    {
        if (RetryAfter(headers) is not { } wait) return null;
        _silences[identity] = new Silence(time.GetUtcNow() + wait, GitHubFailure.Unavailable, "GitHub said that it is not available for some time");
        return wait;
    }

    private static string KeyOf(string identity, bool graphQl) => $"{identity}, {(graphQl ? "graphql" : "rest")}";

    private TimeSpan? UsedUp(IReadOnlyDictionary<string, string> headers) =>
        headers.GetValueOrDefault("x-ratelimit-remaining") == "0" && long.TryParse(headers.GetValueOrDefault("x-ratelimit-reset"), NumberStyles.None, CultureInfo.InvariantCulture, out var reset) && reset < 253_402_300_799
            ? Within(DateTimeOffset.FromUnixTimeSeconds(reset) - time.GetUtcNow() + TimeSpan.FromSeconds(1))
            : null;

    private TimeSpan? RetryAfter(IReadOnlyDictionary<string, string> headers)
    {
        var stated = headers.GetValueOrDefault("retry-after");
        if (int.TryParse(stated, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return Within(TimeSpan.FromSeconds(seconds));
        return DateTimeOffset.TryParse(stated, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? Within(moment - time.GetUtcNow()) : null;
    }

    private static TimeSpan Within(TimeSpan wait) => wait < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : wait > Longest ? Longest : wait;

    private sealed record Silence(DateTimeOffset Until, GitHubFailure Kind, string Why);

    private sealed class WriteTurn(TimeProvider time, TimeSpan interval) : IDisposable
    {
        private readonly SemaphoreSlim _one = new(1, 1);
        private DateTimeOffset _next = DateTimeOffset.MinValue;

        public async Task BeginAsync(CancellationToken cancellation)
        {
            await _one.WaitAsync(cancellation);
            try
            {
                var wait = _next - time.GetUtcNow();
                if (wait > TimeSpan.Zero) await Task.Delay(wait > interval ? interval : wait, time, cancellation);
            }
            catch
            {
                _one.Release();
                throw;
            }
        }

        public void Dispose()
        {
            _next = time.GetUtcNow() + interval;
            _one.Release();
        }
    }
}
