using RolloutWorkflows.Host;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Cli;

/// <summary>A captain who finds half of the users too many and takes the feature back to a quarter.</summary>
internal sealed class Web4Captain(DemoCast cast) : DemoActor
{
    private const string Stage = "fifty-percent";

    private bool hasActed;

    public override bool HasWork(RolloutDetails details) =>
        !hasActed && details is { Run: { State: RunState.Soaking, Stage: Stage }, Soak: { } soak } && soak.Counted > TimeSpan.Zero;

    public override async Task WorkAsync(RolloutDetails details, CancellationToken cancellation)
    {
        hasActed = true;
        cast.Terminal.Note($"  {cast.Captain} takes it back to 25 %.");
        await cast.People[cast.Captain].CommandAsync(details.Run.RunId, "rollback", new CommandRequest { To = "25", Reason = "half of the users is too many for now", Via = "demo" }, cancellation);
    }
}
