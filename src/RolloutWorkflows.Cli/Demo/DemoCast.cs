namespace RolloutWorkflows.Cli;

/// <summary>What an actor has at hand.</summary>
internal sealed record DemoCast
{
    public required DemoPlace Place { get; init; }

    public required DemoPeople People { get; init; }

    /// <summary>Who decides where the run is held.</summary>
    public required string Captain { get; init; }

    public required DemoSample Sample { get; init; }

    /// <summary>The stand-in for GitHub, which takes lines such as <c>check build=success</c> and <c>close OWNER/NAME 3</c>; null where the scene has none.</summary>
    public ChildProcess? GitHub { get; init; }

    public required Terminal Terminal { get; init; }

    /// <summary>The run's playbook.</summary>
    public required Playbooks.Playbook Playbook { get; init; }
}
