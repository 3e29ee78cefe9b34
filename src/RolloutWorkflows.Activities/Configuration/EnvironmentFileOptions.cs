namespace RolloutWorkflows.Activities;

/// <summary>Where playbooks may change environment files. Register it as a singleton before the activities.</summary>
public sealed record EnvironmentFileOptions
{
    /// <summary>The absolute path of the folder that holds them; null: no playbook may change any.</summary>
    public string? Root { get; init; }
}
