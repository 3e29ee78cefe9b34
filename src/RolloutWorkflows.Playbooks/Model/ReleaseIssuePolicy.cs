namespace RolloutWorkflows.Playbooks;

/// <summary>How strictly the release issue is kept.</summary>
public sealed record ReleaseIssuePolicy
{
    /// <summary>True: after the checks the next step waits until their results stand in the release issue.</summary>
    public bool DocumentBeforeProceeding { get; init; }
}
