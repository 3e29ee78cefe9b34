namespace RolloutWorkflows.Activities;

/// <summary>Where nobody hears what people write.</summary>
internal sealed class NoCommentCatchUp : ICommentCatchUp
{
    public Task TakeUpAsync(string runId, IssuePlace place, CancellationToken cancellation = default) => Task.CompletedTask;
}
