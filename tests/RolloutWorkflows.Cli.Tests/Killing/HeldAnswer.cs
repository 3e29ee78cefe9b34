namespace RolloutWorkflows.Cli.Tests.Killing;

/// <summary>One answer that a service keeps back: the moment in which its caller can be killed.</summary>
internal sealed class HeldAnswer(bool isLost)
{
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsLost => isLost;

    /// <summary>Ends when the request has come in.</summary>
    public Task Reached => reached.Task;

    public void LetGo() => letGo.TrySetResult();

    public async Task HoldAsync(CancellationToken aborted)
    {
        reached.TrySetResult();
        await Task.WhenAny(letGo.Task, Task.Delay(Timeout.Infinite, aborted));
    }
}
