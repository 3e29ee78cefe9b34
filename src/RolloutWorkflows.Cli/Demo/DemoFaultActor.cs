using RolloutWorkflows.Host;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Cli;

/// <summary>
/// Switches a fault on where it does not begin with the sample, and does what people do once the run has noticed: mends
/// the fault and has the run go on, sends it back, or aborts it.
/// </summary>
internal sealed class DemoFaultActor(DemoCast cast, DemoFault fault) : DemoActor
{
    private static readonly TimeSpan JustNow = TimeSpan.FromSeconds(1);

    private bool isOn = fault.InSoakOf is null;
    private bool hasReacted;
    private string? reactedIn;
    private long reactedAt;

    public override bool HasWork(RolloutDetails details) => MustSwitchOn(details) || MustReact(details.Run);

    /// <summary>What the run says of itself follows a command by a moment; a hold after that is another one.</summary>
    public override bool MindsHold(RunStatus run) =>
        isOn && fault.Ends is DemoEnding.HoldsAndGoesOn or DemoEnding.HoldsAndIsAborted or DemoEnding.HoldsAndIsSentBack
        && (!hasReacted || cast.Terminal.Time.GetElapsedTime(reactedAt) < JustNow);

    public override bool GoesOnAfterRollback(RunStatus run) => fault.Ends == DemoEnding.RollsBackAndGoesOn && !hasReacted;

    public override async Task WorkAsync(RolloutDetails details, CancellationToken cancellation)
    {
        if (MustSwitchOn(details))
        {
            await cast.Sample.SwitchOnAsync(fault.NameInSample, cancellation);
            isOn = true;
            cast.Terminal.Note($"  Now {fault.Name} is switched on: {fault.Sentence}");
            return;
        }

        await ReactAsync(details.Run, cancellation);
        reactedAt = cast.Terminal.Time.GetTimestamp();
    }

    public override IReadOnlyList<string> Problems(RolloutDetails details)
    {
        if (!isOn) return [$"expected the soak of {fault.InSoakOf} to be reached"];
        if (fault.Ends is DemoEnding.Succeeds or DemoEnding.RollsBack or DemoEnding.Otherwise) return [];
        if (!hasReacted) return ["expected the run to notice the fault"];
        return fault.Stage is { } stage && reactedIn != stage ? [$"expected the fault to be found in stage {stage}, got {reactedIn}"] : [];
    }

    /// <summary>Not before some of the soak has counted, so that there is something to lose.</summary>
    private bool MustSwitchOn(RolloutDetails details) =>
        !isOn && details is { Run.State: RunState.Soaking, Soak: { } soak } && details.Run.Stage == fault.InSoakOf && soak.Counted > TimeSpan.Zero;

    private bool MustReact(RunStatus run) => isOn && !hasReacted && fault.Ends switch
    {
        DemoEnding.HoldsAndGoesOn => run.State == RunState.Holding && (run.Accepts.Contains(RunVerb.Retry) || run.Accepts.Contains(RunVerb.Resume)),
        DemoEnding.HoldsAndIsAborted => run.State == RunState.Holding && run.Accepts.Contains(RunVerb.Abort),
        DemoEnding.HoldsAndIsSentBack => run.State == RunState.Holding && run.Accepts.Contains(RunVerb.Rollback),
        DemoEnding.RollsBackAndGoesOn => run.State == RunState.RolledBack && run.Accepts.Contains(RunVerb.Retry),
        _ => false,
    };

    private async Task ReactAsync(RunStatus run, CancellationToken cancellation)
    {
        var (verb, word) = fault.Ends switch
        {
            DemoEnding.HoldsAndIsAborted => ("abort", "aborts it"),
            DemoEnding.HoldsAndIsSentBack => ("rollback", "sends it back"),
            _ => ("retry", "has the fault mended and the run go on"),
        };
        (hasReacted, reactedIn) = (true, run.Stage);
        cast.Terminal.Note($"  The run {(run.State == RunState.Holding ? "holds" : "was rolled back")}: {run.Because}. {cast.Captain} {word}.");
        if (verb == "retry" && fault.IsOfSample)
        {
            await cast.Sample.SwitchOffAsync(fault.NameInSample, cancellation);
            await Task.Delay(fault.Settling, cast.Terminal.Time, cancellation);
        }

        // Where nothing failed, and a guardrail alone holds the run, there is nothing to try again.
        if (verb == "retry" && !run.Accepts.Contains(RunVerb.Retry)) verb = "resume";
        await cast.People[cast.Captain].CommandAsync(run.RunId, verb, new CommandRequest { Reason = verb is "retry" or "resume" ? "the fault is mended" : "the fault stays for now", Via = "demo" }, cancellation);
    }
}
