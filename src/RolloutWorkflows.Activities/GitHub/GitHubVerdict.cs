namespace RolloutWorkflows.Activities;

/// <summary>What a deployment protection rule says.</summary>
public enum GitHubVerdict
{
    /// <summary>Nothing yet: the comment alone is shown on the workflow run.</summary>
    Pending,

    /// <summary>The deployment may go on.</summary>
    Approved,

    /// <summary>The deployment ends.</summary>
    Rejected,
}
