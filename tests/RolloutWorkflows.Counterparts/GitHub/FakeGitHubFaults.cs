using System.Globalization;

namespace RolloutWorkflows.Counterparts;

/// <summary>What goes wrong at GitHub. Safe for use by many threads at once.</summary>
public sealed class FakeGitHubFaults
{
    private readonly Lock _lock = new();
    private readonly List<Entry> _entries = [];

    /// <summary>True: every connection is cut before anything is done.</summary>
    public bool Down { get; set; }

    /// <summary>The next requests are answered with a server's error, and nothing is done.</summary>
    public void ServerError(int times = 1, int status = 502, TimeSpan? retryAfter = null, Func<FakeGitHubRequest, bool>? when = null) =>
        Add(times, when, new FakeGitHubFault { Answer = _ => FakeGitHubAnswer.Refused(status, "Server Error", retryAfter is { } wait ? [("Retry-After", FakeGitHubAnswer.Seconds(wait))] : []) });

    /// <summary>The next requests run into the secondary limit.</summary>
    /// <param name="times">How many.</param>
    /// <param name="retryAfter">How long GitHub asks to wait; null: it does not say.</param>
    /// <param name="status">403 or 429.</param>
    /// <param name="when">Which; null: any.</param>
    public void SecondaryLimit(int times = 1, TimeSpan? retryAfter = null, int status = 403, Func<FakeGitHubRequest, bool>? when = null) => Add(times, when, new FakeGitHubFault
    {
        Answer = _ => FakeGitHubAnswer.Refused(
            status,
            "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
            retryAfter is { } wait ? [("Retry-After", FakeGitHubAnswer.Seconds(wait))] : []),
    });

    /// <summary>The next requests run into the limit of requests an hour.</summary>
    public void PrimaryLimit(TimeSpan resetsIn, int times = 1) => Add(times, null, new FakeGitHubFault
    {
        Answer = now => FakeGitHubAnswer.Refused(
            403,
            "API rate limit exceeded for installation ID 1.",
            ("X-RateLimit-Limit", "5000"),
            ("X-RateLimit-Remaining", "0"),
            ("X-RateLimit-Reset", (now + resetsIn).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture))),
    });

    /// <summary>The next requests are done, but the connection is cut before the answer.</summary>
    public void LoseAnswer(int times = 1, Func<FakeGitHubRequest, bool>? when = null) => Add(times, when, new FakeGitHubFault { Cut = true, Done = true });

    /// <summary>The connection of the next requests is cut before anything is done.</summary>
    public void CutConnection(int times = 1, Func<FakeGitHubRequest, bool>? when = null) => Add(times, when, new FakeGitHubFault { Cut = true });

    /// <summary>The next requests wait for this.</summary>
    public void Delay(Task until, int times = 1, Func<FakeGitHubRequest, bool>? when = null) => Add(times, when, new FakeGitHubFault { Delay = until, Done = true });

    /// <summary>The next requests get this answer, and nothing is done.</summary>
    public void Answer(FakeGitHubAnswer answer, int times = 1, Func<FakeGitHubRequest, bool>? when = null) => Add(times, when, new FakeGitHubFault { Answer = _ => answer });

    /// <summary>Nothing goes wrong from now on.</summary>
    public void Clear()
    {
        lock (_lock) _entries.Clear();
        Down = false;
    }

    internal FakeGitHubFault? Take(FakeGitHubRequest request)
    {
        if (Down) return new FakeGitHubFault { Cut = true };
        lock (_lock)
        {
            var entry = _entries.FirstOrDefault(candidate => candidate.When(request));
            if (entry is not null && --entry.Times == 0) _entries.Remove(entry);
            return entry?.Fault;
        }
    }

    private void Add(int times, Func<FakeGitHubRequest, bool>? when, FakeGitHubFault fault)
    {
        lock (_lock) _entries.Add(new Entry { Times = times, When = when ?? (_ => true), Fault = fault });
    }

    private sealed class Entry
    {
        public required int Times { get; set; }

        public required Func<FakeGitHubRequest, bool> When { get; init; }

        public required FakeGitHubFault Fault { get; init; }
    }
}
