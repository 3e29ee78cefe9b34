namespace RolloutWorkflows.Playbooks;

/// <summary>Someone who may answer: a person or a group. Exactly one is set in a loaded playbook.</summary>
public sealed record Approver
{
    public string? Group { get; init; }

    public string? Person { get; init; }

    /// <summary>The role under whose name they are asked, which the person or group fills; null: under their own.</summary>
    public string? Role { get; init; }

    /// <summary>True: the person, or at least one of the group, must be among those who approve.</summary>
    public bool Required { get; init; }
}
