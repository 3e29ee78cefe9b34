namespace RolloutWorkflows.Activities;

/// <summary>A milestone.</summary>
/// <param name="Number">Its number in the repository.</param>
/// <param name="Title">Unique in the repository.</param>
/// <param name="State">Open or closed.</param>
/// <param name="DueOn">The day it is due.</param>
/// <param name="Url">Its page.</param>
public sealed record GitHubMilestone(int Number, string Title, GitHubState State, DateTimeOffset? DueOn, string Url);
