using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>How steps wait for something at GitHub: asked again by durable timers, ever less often, until the step's own time is over. Pure.</summary>
internal static class GitHubPolling
{
    private static readonly TimeSpan Soonest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Latest = TimeSpan.FromMinutes(2);

    /// <summary>How long the step has waited, in playbook time; null where nothing calls it again.</summary>
    public static TimeSpan? Waited(StepRequest request) => request is { StartedAt: { } started, At: { } at } ? at - started : null;

    /// <summary>After how much time to ask again: a tenth of what was waited already, from 10 seconds to two minutes, and never sooner than GitHub asked for.</summary>
    public static TimeSpan Next(TimeSpan waited, TimeSpan? asked = null)
    {
        var next = waited / 10;
        next = next < Soonest ? Soonest : next > Latest ? Latest : next;
        return asked > next ? asked.Value : next;
    }

    /// <summary>The step goes on waiting; null where its time is over, or where nothing would call it again.</summary>
    public static StepResult? GoOn(StepRequest request, TimeSpan limit, string message, TimeSpan? asked = null)
    {
        if (Waited(request) is not { } waited || waited >= limit) return null;
        var next = Next(waited, asked);
        // The last look is at the limit itself, not an interval after it.
        return new StepResult { Verdict = StepVerdict.Waiting, Message = message, Again = limit - waited < next ? limit - waited : next };
    }

    /// <summary>For messages: how long was waited in vain.</summary>
    public static string InVain(StepRequest request, TimeSpan limit) => Waited(request) is null ? "" : $", although it was waited for {PlaybookDuration.Format(limit)}";
}
