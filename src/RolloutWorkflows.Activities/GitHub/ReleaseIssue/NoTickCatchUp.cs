namespace RolloutWorkflows.Activities;

/// <summary>Where nobody can find out who ticked: every tick that no webhook told of is put back, to be ticked again.</summary>
internal sealed class NoTickCatchUp : ITickCatchUp
{
    public Task<IReadOnlyList<IssueTick>> TakeUpAsync(FoundTicks found, CancellationToken cancellation = default) => Task.FromResult(found.Ticks);
}
