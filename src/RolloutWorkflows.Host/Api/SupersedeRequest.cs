namespace RolloutWorkflows.Host;

/// <summary>The <c>supersedes</c> of a start: both are needed.</summary>
public sealed record SupersedeRequest
{
    /// <summary>The earlier run: RolledBack or Aborted, of the same playbook.</summary>
    public string? Run { get; init; }

    /// <summary>The first stage to carry out.</summary>
    public string? From { get; init; }
}
