using System.Globalization;

namespace RolloutWorkflows.Orchestrations;

/// <summary>When the stage may open. A closed window makes it wait, never fail; guardrails and rollback never wait.</summary>
internal sealed partial class StageRun
{
    /// <summary>Checks older than this are repeated after a wait for a window.</summary>
    private static readonly TimeSpan ChecksStayGoodFor = TimeSpan.FromHours(1);

    private DateTimeOffset checkedAt;
    private bool windowOverridden;
    private DateTimeOffset openByOverrideUntil;

    public async Task AwaitWindowAsync()
    {
        await PassHoldAsync();
        while (Closed() is { } closed)
        {
            windowOverridden = false;
            if (closed.Opens is { } opens)
            {
                Enter(RunTrigger.WindowClosed, string.Create(CultureInfo.InvariantCulture, $"{stage.Name} waits for its window: {closed.Why}; it opens at {opens.UtcDateTime:yyyy-MM-dd HH:mm} UTC"));
                await PauseAsync(opens - Now, () => windowOverridden);
            }
            else
            {
                await AwaitChoiceAsync($"{stage.Name} cannot open: {closed.Why}", RunVerb.Retry, RunVerb.Override);
            }

            // It opens this closed span and no later one: what closes after the next opening holds again.
            if (windowOverridden) openByOverrideUntil = closed.Opens ?? DateTimeOffset.MaxValue;
        }
    }

    /// <summary>People may have taken their time: the window is looked at again, and the checks too where they are old.</summary>
    public async Task AwaitWindowAgainAsync()
    {
        while (Closed() is not null)
        {
            await AwaitWindowAsync();
            if (Now - checkedAt > ChecksStayGoodFor) await CheckReadinessAsync();
        }
    }

    /// <summary>Why the windows of the playbook and of the stage do not let it open now, and when they do; null where they are open.</summary>
    private (string Why, DateTimeOffset? Opens)? Closed() => Now < openByOverrideUntil ? null : windows.Closed(Now);
}
