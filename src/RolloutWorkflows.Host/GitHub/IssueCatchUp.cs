using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary>What the release issue asks for what was missed. Found at use: what takes it up speaks to runs, and so to the outbox, and so to the release issue.</summary>
internal sealed class IssueCatchUp(IServiceProvider services) : ITickCatchUp, ICommentCatchUp
{
    public Task<IReadOnlyList<IssueTick>> TakeUpAsync(FoundTicks found, CancellationToken cancellation = default) =>
        services.GetRequiredService<TickCatchUp>().TakeUpAsync(found, cancellation);

    public Task TakeUpAsync(string runId, IssuePlace place, CancellationToken cancellation = default) =>
        services.GetRequiredService<CommentCatchUp>().TakeUpAsync(runId, place, cancellation);
}
