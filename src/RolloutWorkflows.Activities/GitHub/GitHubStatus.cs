namespace RolloutWorkflows.Activities;

/// <summary>One status of a commit.</summary>
/// <param name="Context">Which service or check.</param>
/// <param name="State"><c>success</c>, <c>pending</c>, <c>failure</c> or <c>error</c>.</param>
/// <param name="UpdatedAt">When it was reported.</param>
/// <param name="Url">The service's page on it.</param>
public sealed record GitHubStatus(string Context, string State, DateTimeOffset UpdatedAt, string? Url);
