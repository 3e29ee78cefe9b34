namespace RolloutWorkflows.Activities;

/// <summary>The statuses of a commit that services report by the older way, beside checks.</summary>
/// <param name="Sha">The commit, all 40 digits.</param>
/// <param name="State"><c>success</c>, <c>pending</c> (also where there is no status at all) or <c>failure</c>.</param>
/// <param name="Statuses">The latest of each context.</param>
public sealed record GitHubCombinedStatus(string Sha, string State, IReadOnlyList<GitHubStatus> Statuses);
