namespace RolloutWorkflows.Activities.Tests.GitHub.ReleaseIssue;

/// <summary>Notes what it is asked to take up, and does with it what a test says; by itself it can name everybody, and does nothing more.</summary>
internal sealed class ScriptedCatchUp : ITickCatchUp
{
    public List<FoundTicks> Found { get; } = [];

    public Func<FoundTicks, Task<IReadOnlyList<IssueTick>>> Answer { get; set; } = _ => Task.FromResult<IReadOnlyList<IssueTick>>([]);

    public Task<IReadOnlyList<IssueTick>> TakeUpAsync(FoundTicks found, CancellationToken cancellation = default)
    {
        Found.Add(found);
        return Answer(found);
    }
}
