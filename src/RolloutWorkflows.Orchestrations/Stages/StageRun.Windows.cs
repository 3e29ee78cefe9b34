namespace RolloutWorkflows.Orchestrations;

/// <summary>When the stage may open. A closed window makes it wait, never fail; guardrails and rollback never wait.</summary>
internal sealed partial class StageRun
{
    /// <summary>Checks older than this are repeated after a wait for a window, or for the release issue.</summary>
    private static readonly TimeSpan ChecksStayGoodFor = TimeSpan.FromHours(1);

    private DateTimeOffset checkedAt;
    private bool windowOverridden;

    public async Task AwaitWindowAsync()
    {
        await PassHoldAsync();
        while (Closed() is { } closed)
        {
            windowOverridden = false;
            if (closed.Opens is { } opens)
            {
                Enter(RunTrigger.WindowClosed, $"{stage.Name} waits for its window: {closed.Why}; it opens at {windows.Text(opens)}");
                await PauseAsync(opens - Now, () => windowOverridden);
            }
            else
            {
                await AwaitChoiceAsync($"{stage.Name} cannot open: {closed.Why}", RunVerb.Retry, RunVerb.Override);
            }

            // It opens this closed span and no later one: what closes after the next opening holds again.
            if (windowOverridden) windows = windows.Overridden(Now);
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
    private (string Why, DateTimeOffset? Opens)? Closed() => windows.Closed(Now);
}
