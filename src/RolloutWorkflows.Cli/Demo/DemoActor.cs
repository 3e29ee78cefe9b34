using RolloutWorkflows.Host;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Cli;

/// <summary>
/// Somebody, or something, that acts in a demo's run beside answering its questions: changes a flag by hand, attaches a
/// document, switches a fault on. It is asked at each look at the run, before questions are answered.
/// </summary>
internal abstract class DemoActor
{
    /// <summary>True where it is this actor's turn; it stays true until <see cref="WorkAsync"/> was called.</summary>
    public abstract bool HasWork(RolloutDetails details);

    /// <summary>Does it.</summary>
    public abstract Task WorkAsync(RolloutDetails details, CancellationToken cancellation);

    /// <summary>True where this actor minds that the run holds, so that nobody else needs to.</summary>
    public virtual bool MindsHold(RunStatus run) => false;

    /// <summary>True where the run stands rolled back and this actor will have it go on, so that the demo is not over.</summary>
    public virtual bool GoesOnAfterRollback(RunStatus run) => false;

    /// <summary>What it saw otherwise than expected; asked at the end.</summary>
    public virtual IReadOnlyList<string> Problems(RolloutDetails details) => [];
}
