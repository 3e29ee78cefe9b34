using System.Globalization;

namespace RolloutWorkflows.Activities;

/// <summary>How a burst of requests was answered; kept while the check waits for the window.</summary>
internal sealed record RateLimitBurst
{
    /// <summary>Requests sent.</summary>
    public required int Sent { get; init; }

    /// <summary>Requests that were let through.</summary>
    public required int LetThrough { get; init; }

    /// <summary>Requests answered 429.</summary>
    public required int Refused { get; init; }

    /// <summary>The longest Retry-After; null where none was sent.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Other answers, by status.</summary>
    public IReadOnlyDictionary<int, int> Others { get; init; } = new SortedDictionary<int, int>();

    /// <summary>Why requests had no answer, one reason of each kind.</summary>
    public IReadOnlyList<string> Unanswered { get; init; } = [];

    /// <summary>Adds up answers; null stands for none.</summary>
    public static RateLimitBurst Of(HttpRateLimitStep step, IReadOnlyCollection<OutboundAnswer> answers, IReadOnlyCollection<string> unanswered, DateTimeOffset now)
    {
        var refused = answers.Where(answer => answer.Status == 429).ToList();
        var through = answers.Where(answer => answer.Status != 429 && IsLetThrough(step, answer)).ToList();
        return new RateLimitBurst
        {
            Sent = answers.Count + unanswered.Count,
            LetThrough = through.Count,
            Refused = refused.Count,
            RetryAfter = refused.Select(answer => RetryAfterOf(answer, now)).Max(),
            Others = new SortedDictionary<int, int>(answers.Except(refused).Except(through).GroupBy(answer => answer.Status).ToDictionary(group => group.Key, group => group.Count())),
            Unanswered = [.. unanswered.Distinct()],
        };
    }

    public static bool IsLetThrough(HttpRateLimitStep step, OutboundAnswer answer) => step.ExpectStatus is { } status ? answer.Status == status : answer.IsSuccess;

    /// <summary>After how long the other side lets through again, as it says: seconds, or a date.</summary>
    public static TimeSpan? RetryAfterOf(OutboundAnswer answer, DateTimeOffset now)
    {
        if (!answer.Headers.TryGetValue("Retry-After", out var text)) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return TimeSpan.FromSeconds(seconds);
        if (!DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)) return null;
        // The other side's clock, where it tells it, says more than ours.
        var from = answer.Headers.TryGetValue("Date", out var sent) && DateTimeOffset.TryParseExact(sent, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var theirs) ? theirs : now;
        return date > from ? date - from : TimeSpan.Zero;
    }
}
