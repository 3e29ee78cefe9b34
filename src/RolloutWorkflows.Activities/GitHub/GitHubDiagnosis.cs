namespace RolloutWorkflows.Activities;

/// <summary>What can be told about the connection without changing anything.</summary>
public sealed record GitHubDiagnosis
{
    public required GitHubSelf Self { get; init; }

    /// <summary>Requests left until <see cref="ResetsAt"/>; null: no limit is enforced (Enterprise Server).</summary>
    public int? Remaining { get; init; }

    /// <summary>Requests an hour.</summary>
    public int? Limit { get; init; }

    public DateTimeOffset? ResetsAt { get; init; }

    /// <summary>Permissions (an App) or scopes (a classic token) that are missing for what this server does; empty where nothing is known to be missing.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>True where GitHub tells what the credentials may do; a fine-grained token's permissions it does not tell.</summary>
    public bool PermissionsKnown { get; init; }
}
