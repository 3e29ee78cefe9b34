using RolloutWorkflows.Host;

namespace RolloutWorkflows.Cli;

/// <summary>What a scene looks at when the run is over.</summary>
internal sealed record DemoEnd
{
    public required DemoPlace Place { get; init; }

    public required RolloutDetails Details { get; init; }

    /// <summary>The server, by the key of whoever started the run.</summary>
    public required RolloutClient Client { get; init; }

    public required DemoSample Sample { get; init; }

    /// <summary>Where the scene says what it found, a line each.</summary>
    public required Terminal Terminal { get; init; }

    /// <summary>The run's playbook.</summary>
    public required Playbooks.Playbook Playbook { get; init; }

    /// <summary>What went wrong; null: nothing.</summary>
    public DemoFault? Fault => Place.Fault;

    /// <summary>How the run was expected to end.</summary>
    public DemoEnding Ends => Fault?.Ends ?? DemoEnding.Succeeds;

    /// <summary>True where the rollout was expected to get through to its end.</summary>
    public bool GetsThrough => Ends is DemoEnding.Succeeds or DemoEnding.HoldsAndGoesOn or DemoEnding.RollsBackAndGoesOn;
}
