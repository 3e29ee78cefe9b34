namespace RolloutWorkflows.Activities;

/// <summary>
/// Takes up what people ticked in a release issue before its body is written anew, so that a tick of which no webhook told
/// is not lost. Thread-safe.
/// </summary>
public interface ITickCatchUp
{
    /// <summary>
    /// Makes a command of every tick whose author GitHub names, where it was not taken up before; the same tick twice acts
    /// once. Returns those whose author nobody can name: they are put back, with a request to tick again.
    /// </summary>
    /// <exception cref="GitHubException">GitHub did not answer: the body stays as it is, and the ticks are found again.</exception>
    Task<IReadOnlyList<IssueTick>> TakeUpAsync(FoundTicks found, CancellationToken cancellation = default);
}
