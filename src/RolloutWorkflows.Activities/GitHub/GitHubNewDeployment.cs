namespace RolloutWorkflows.Activities;

/// <summary>A deployment to be made. No checks are required of the commit and nothing is merged: what must hold, the playbook says.</summary>
/// <param name="Ref">Branch, tag or commit.</param>
/// <param name="Environment">Such as <c>production</c>.</param>
public sealed record GitHubNewDeployment(string Ref, string Environment)
{
    /// <summary>Default <c>deploy</c>.</summary>
    public string Task { get; init; } = "deploy";

    /// <summary>At most 140 characters.</summary>
    public string? Description { get; init; }

    /// <summary>Names and texts that come back with the deployment, such as the run that made it.</summary>
    public IReadOnlyDictionary<string, string> Payload { get; init; } = new Dictionary<string, string>();

    /// <summary>True: the environment ends some day.</summary>
    public bool Transient { get; init; }

    /// <summary>True: people use the environment. Null: GitHub decides by its name.</summary>
    public bool? Production { get; init; }
}
