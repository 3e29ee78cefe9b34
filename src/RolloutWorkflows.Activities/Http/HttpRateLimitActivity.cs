using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Carries out <c>http/rate-limit</c>: a burst, a durable wait for the window, and one request. A burst that finds the
/// window used up already, as one does that is delivered again, is sent once more after the window. As a guardrail, where
/// nothing waits, it is the burst alone.
/// </summary>
internal sealed class HttpRateLimitActivity(OutboundHttp http, SecretHeaders secrets, TimeProvider time, ILogger<HttpRateLimitActivity> logger)
    : StepActivity<HttpRateLimitStep>(time, logger)
{
    private const int MaximumBurst = 2000;
    private const int MaximumBody = 4 * 1024;

    /// <summary>Requests under way at once: fast enough to be a burst, and not so many that they are an attack.</summary>
    private const int AtOnce = 16;

    /// <summary>Limits that free themselves bit by bit may say so a little early.</summary>
    private const int MaximumWaits = 3;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromDays(2);

    protected override async Task<StepResult> ExecuteAsync(StepCall<HttpRateLimitStep> call, CancellationToken cancellation)
    {
        var step = call.Step;
        if (OutboundRequests.ProblemOf(step.Headers, ownName: null) is { } problem) return Errored(problem);
        var size = step.Burst ?? Math.Min(MaximumBurst, step.Limit + step.Tolerance + Math.Max(1, step.Limit / 2));
        if (size <= step.Limit + step.Tolerance) return Errored($"with.burst: expected more than the limit and the tolerance, {step.Limit + step.Tolerance}, got {size}.");

        var headers = await secrets.ResolveAsync(call.Request.Playbook, step.Url, step.Headers, cancellation);
        var probe = call.Request.Kept?.Deserialize<RateLimitProbe>(JsonSerializerOptions.Web) ?? new RateLimitProbe();
        if (probe.Burst is { } earlier) return await AskAgainAsync(call, probe, earlier, headers, cancellation);
        var burst = await SendAsync(call, size, headers, cancellation);
        return Judge(call, probe, burst);
    }

    private async Task<RateLimitBurst> SendAsync(StepCall<HttpRateLimitStep> call, int count, SentHeaders headers, CancellationToken cancellation)
    {
        var (answers, unanswered) = (new ConcurrentBag<OutboundAnswer>(), new ConcurrentBag<string>());
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (_, stopping) =>
        {
            using var request = OutboundRequests.Of(call.Step.Method, call.Step.Url, call.Step.Body, headers);
            try
            {
                answers.Add(await http.SendForAsync(call.Request.Playbook, request, Timeout, MaximumBody, stopping));
            }
            catch (OutboundException none)
            {
                unanswered.Add(none.Message);
            }
        });
        return RateLimitBurst.Of(call.Step, answers, unanswered, Time.GetUtcNow());
    }

    private static StepResult Judge(StepCall<HttpRateLimitStep> call, RateLimitProbe probe, RateLimitBurst burst)
    {
        var (step, place) = (call.Step, PlaceOf(call.Step));
        var most = step.Limit + step.Tolerance;
        if (Wrong(burst) is { } wrong) return Failed($"{place} answered {wrong} of {burst.Sent} requests; expected those beyond the limit to be answered 429, and nothing else.", Outputs(burst));
        if (burst.LetThrough > most)
            return Failed($"{place} let through {burst.LetThrough} of {burst.Sent} requests; expected {(step.Tolerance == 0 ? $"{most}" : $"at most {most}")}, the others answered 429.", Outputs(burst));
        if (burst.Unanswered.Count > 0)
            return Errored($"{place}: {burst.Sent - burst.LetThrough - burst.Refused} of {burst.Sent} requests had no answer: {string.Join("; ", burst.Unanswered.Take(3))}.", Outputs(burst));
        if (burst.LetThrough < step.Limit)
        {
            var few = $"{place} let through only {burst.LetThrough} of {burst.Sent} requests; expected {step.Limit}";
            if (!IsCalledAgain(call)) return Errored($"{few}, unless others used up the limit just before.", Outputs(burst));
            if (probe.Waits > 0) return Failed($"{few}, also after the window.", Outputs(burst));
            return Wait(new RateLimitProbe { Waits = 1 }, Longer(step.Window, WaitOf(step, burst.RetryAfter)), $"{few}; others may have used up the limit, so it is asked again after the window");
        }

        if (!IsCalledAgain(call)) return Passed($"{place} let through {burst.LetThrough} of {burst.Sent} requests and answered {burst.Refused} with 429{Told(burst)}.", Outputs(burst));
        return Wait(new RateLimitProbe { Burst = burst, Waits = 1 }, WaitOf(step, burst.RetryAfter), $"{place} let through {burst.LetThrough} of {burst.Sent} requests{Told(burst)}; after the window one must be let through again");
    }

    private async Task<StepResult> AskAgainAsync(StepCall<HttpRateLimitStep> call, RateLimitProbe probe, RateLimitBurst burst, SentHeaders headers, CancellationToken cancellation)
    {
        var (step, place) = (call.Step, PlaceOf(call.Step));
        var last = await SendAsync(call, 1, headers, cancellation);
        if (last.Unanswered.Count > 0) return Errored($"{place}: {last.Unanswered[0]}, after the window.", Outputs(burst));
        if (Wrong(last) is { } wrong) return Failed($"{place} answered {wrong} after the window; expected one request to be let through again.", Outputs(burst));
        if (last.LetThrough == 1)
            return Passed($"{place} let through {burst.LetThrough} of {burst.Sent} requests, answered {burst.Refused} with 429{Told(burst)}, and let one through again after that.", Outputs(burst));
        if (probe.Waits < MaximumWaits) return Wait(probe with { Waits = probe.Waits + 1 }, WaitOf(step, last.RetryAfter), $"{place} answers 429 also after the window; it is asked again");
        return Failed($"{place} still answers 429 after the window; expected one request to be let through again.", Outputs(burst));
    }

    private static StepResult Wait(RateLimitProbe next, TimeSpan span, string message) => new()
    {
        Verdict = StepVerdict.Waiting,
        Message = message,
        Again = span,
        Keep = JsonSerializer.SerializeToElement(next, JsonSerializerOptions.Web),
    };

    private static bool IsCalledAgain(StepCall<HttpRateLimitStep> call) => call.Request.StartedAt is not null;

    /// <summary>What was neither let through nor 429, such as "3 × 503"; null where nothing was.</summary>
    private static string? Wrong(RateLimitBurst burst) =>
        burst.Others.Count == 0 ? null : string.Join(", ", burst.Others.Select(other => $"{other.Value} × {other.Key}"));

    private static TimeSpan WaitOf(HttpRateLimitStep step, TimeSpan? retryAfter) =>
        retryAfter is not { } asked ? step.Window
        : asked > LongestRetryAfter ? LongestRetryAfter
        : Longer(asked, TimeSpan.FromSeconds(1));

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static string Told(RateLimitBurst burst) =>
        burst.RetryAfter is { } after ? $" (Retry-After {PlaybookDuration.Format(after)})" : " (without Retry-After)";

    private static (string, object?)[] Outputs(RateLimitBurst burst) =>
        [("letThrough", burst.LetThrough), ("refused", burst.Refused), ("retryAfter", burst.RetryAfter?.TotalSeconds)];

    private static string PlaceOf(HttpRateLimitStep step) => step.Url.GetLeftPart(UriPartial.Path);
}
