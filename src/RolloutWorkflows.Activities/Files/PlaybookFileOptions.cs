namespace RolloutWorkflows.Activities;

/// <summary>Where the files are that playbooks may read or change. Register it as a singleton before the activities.</summary>
public sealed record PlaybookFileOptions
{
    /// <summary>The absolute path of the folder that holds them; null: no playbook may read or change any.</summary>
    public string? Root { get; init; }
}
