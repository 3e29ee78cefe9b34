namespace RolloutWorkflows.Activities;

/// <summary>How fast Slack is asked: one message a second and channel, and no call of a method before the time that a 429 named. Thread-safe.</summary>
internal sealed class SlackPace(TimeProvider time)
{
    private static readonly TimeSpan BetweenMessages = TimeSpan.FromSeconds(1);

    /// <summary>Whoever would wait longer comes again instead.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);

    private readonly Lock gate = new();
    private readonly Dictionary<string, DateTimeOffset> turns = [];
    private readonly Dictionary<string, DateTimeOffset> closed = [];

    /// <summary>Waits until the next message may go to a channel.</summary>
    /// <exception cref="SlackException">Too many wait there already.</exception>
    public async Task TakeTurnAsync(string channel, CancellationToken cancellation)
    {
        TimeSpan wait;
        lock (gate)
        {
            var now = time.GetUtcNow();
            var turn = turns.TryGetValue(channel, out var next) && next > now ? next : now;
            wait = turn - now;
            if (wait > LongestWait) throw SlackErrors.RateLimited($"messages for {channel}", wait);
            turns[channel] = turn + BetweenMessages;
        }

        if (wait > TimeSpan.Zero) await Task.Delay(wait, time, cancellation);
    }

    /// <summary>How long a method is not to be called any more; null: it may be.</summary>
    public TimeSpan? ClosedFor(string method)
    {
        lock (gate) return closed.TryGetValue(method, out var until) && until - time.GetUtcNow() is var left && left > TimeSpan.Zero ? left : null;
    }

    /// <summary>Slack wants no call of this method for so long.</summary>
    public void Close(string method, TimeSpan duration)
    {
        lock (gate) closed[method] = time.GetUtcNow() + duration;
    }
}
