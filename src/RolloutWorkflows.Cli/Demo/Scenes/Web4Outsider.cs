using RolloutWorkflows.Host;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Cli;

/// <summary>
/// Somebody who changes the flag by hand in the middle of a soak, and the captain who then decides: with <c>drift</c> the
/// flag is opened further and the run sets its value again; with <c>hand-made-zero</c> it is closed and the run goes back.
/// </summary>
internal sealed class Web4Outsider(DemoCast cast, string flag, string fault) : DemoActor
{
    /// <summary>Needs an admin's key to break the glass.</summary>
    public const string Outsider = "margaret";

    private const string Stage = "ten-percent";

    private readonly DemoPeople people = cast.People;
    private readonly Terminal terminal = cast.Terminal;
    private bool hasActed;
    private bool hasSettled;
    private bool isOver;

    /// <summary>True where it is the outsider's turn, or the captain's.</summary>
    public override bool HasWork(RolloutDetails details) => MustAct(details) || MustSettle(details.Run);

    /// <summary>True where the run holds for the change by hand, from then until it goes on: that needs nobody else.</summary>
    public override bool MindsHold(RunStatus run)
    {
        isOver |= hasSettled && run.State != RunState.Holding;
        return hasActed && !isOver && run.State == RunState.Holding;
    }

    public override async Task WorkAsync(RolloutDetails details, CancellationToken cancellation)
    {
        if (MustAct(details)) await ActAsync(cancellation);
        else await SettleAsync(details.Run, cancellation);
    }

    /// <summary>Not before some of the soak has counted, so that there is something to lose.</summary>
    private bool MustAct(RolloutDetails details) =>
        !hasActed && details is { Run: { State: RunState.Soaking, Stage: Stage }, Soak: { } soak } && soak.Counted > TimeSpan.Zero;

    private bool MustSettle(RunStatus run) => hasActed && !hasSettled && run is { State: RunState.Holding, Drift.Count: > 0 };

    private async Task ActAsync(CancellationToken cancellation)
    {
        var change = new ChangeFlagRequest { Reason = "just a try", Percent = fault == Web4MyceliaScene.Drift ? 60 : 0 };
        try
        {
            await people[Outsider].SendAsync<FlagChanged>(HttpMethod.Put, $"flags/{flag}", change, cancellation);
            throw new CommandFailedException(ExitCode.No, $"a change by hand of {flag} was not refused, although a run holds it");
        }
        catch (ServerProblemException refused) when (refused.Problem.Code == "flag-leased")
        {
            terminal.Note($"  {Outsider} changes {flag} by hand: refused, since the run holds it.");
        }

        await people[Outsider].SendAsync<FlagChanged>(HttpMethod.Put, $"flags/{flag}", change with { BreakGlass = new BreakGlass { Reason = "support asked for it" } }, cancellation);
        terminal.Note($"  {Outsider} breaks the glass and sets {flag} to {change.Percent} %.");
        hasActed = true;
    }

    private async Task SettleAsync(RunStatus run, CancellationToken cancellation)
    {
        var (verb, word) = fault == Web4MyceliaScene.Drift ? ("retry", "has the run set its value again") : ("rollback", "sends the run back");
        terminal.Note($"  The run holds: {run.Because}. {cast.Captain} {word}.");
        hasSettled = true;
        await people[cast.Captain].CommandAsync(run.RunId, verb, new CommandRequest { Reason = "nobody agreed to the change by hand", Via = "demo" }, cancellation);
    }
}
