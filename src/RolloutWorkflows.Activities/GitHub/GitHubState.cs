namespace RolloutWorkflows.Activities;

/// <summary>Of an issue or a milestone.</summary>
public enum GitHubState
{
    Open,
    Closed,
}
