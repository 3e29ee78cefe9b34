namespace RolloutWorkflows.Activities;

/// <summary>How a check of a commit stands.</summary>
internal enum CommitCheckState
{
    Green,
    Running,
    Red,
}
