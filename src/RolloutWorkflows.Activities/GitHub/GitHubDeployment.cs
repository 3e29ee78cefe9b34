namespace RolloutWorkflows.Activities;

/// <summary>A deployment: that a revision is to be brought somewhere.</summary>
public sealed record GitHubDeployment
{
    public required long Id { get; init; }

    /// <summary>The branch, tag or commit that was named.</summary>
    public required string Ref { get; init; }

    public required string Sha { get; init; }

    public required string Environment { get; init; }

    /// <summary>What it is for, <c>deploy</c> by default.</summary>
    public required string Task { get; init; }

    public string? Description { get; init; }

    /// <summary>What whoever made it put in, as JSON; null: nothing.</summary>
    public System.Text.Json.JsonElement? Payload { get; init; }

    public GitHubUser? Creator { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Its address in the API; a deployment has no page of its own.</summary>
    public required string Url { get; init; }
}
