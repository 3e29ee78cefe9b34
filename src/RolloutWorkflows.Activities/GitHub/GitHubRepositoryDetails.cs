namespace RolloutWorkflows.Activities;

/// <summary>A repository as it is now.</summary>
/// <param name="Id">Its number, which stays when it is renamed.</param>
/// <param name="Repository">Its present name.</param>
/// <param name="DefaultBranch">The branch that work ends in.</param>
/// <param name="HasIssues">False: issues are switched off.</param>
/// <param name="Archived">True: nothing in it can be changed.</param>
/// <param name="Private">True: not everybody can read it.</param>
/// <param name="Url">Its page.</param>
public sealed record GitHubRepositoryDetails(long Id, GitHubRepository Repository, string DefaultBranch, bool HasIssues, bool Archived, bool Private, string Url);
