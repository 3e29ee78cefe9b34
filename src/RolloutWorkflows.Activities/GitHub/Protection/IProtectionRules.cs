namespace RolloutWorkflows.Activities;

/// <summary>Lets environments of GitHub Actions wait for runs: answers custom deployment protection rules. Thread-safe.</summary>
public interface IProtectionRules
{
    /// <summary>
    /// Takes a question that GitHub has put by a verified <c>deployment_protection_rule</c>. It is answered as soon as the run
    /// that the host's configuration names for the environment has come far enough, or never will; durable when the call
    /// returns. The same question twice is one.
    /// </summary>
    /// <returns>What becomes of it, one sentence for the log.</returns>
    Task<string> AskAsync(ProtectionQuestion question, CancellationToken cancellation = default);
}
