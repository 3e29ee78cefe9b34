namespace RolloutWorkflows.Activities;

/// <summary>For what an environment of GitHub Actions waits.</summary>
public sealed record ProtectionRule
{
    /// <summary>The playbook whose runs are meant.</summary>
    public required string Playbook { get; init; }

    /// <summary>The stage.</summary>
    public required string Stage { get; init; }

    /// <summary>The run's input that holds the commit, branch or tag to be deployed: of several runs the latest of that revision counts.</summary>
    public required string Input { get; init; }

    /// <summary>True: it is enough that the stage has opened. Default false: it must have been promoted.</summary>
    public bool WhenOpened { get; init; }
}
