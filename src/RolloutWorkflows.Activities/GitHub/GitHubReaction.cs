namespace RolloutWorkflows.Activities;

/// <summary>The reactions that GitHub knows.</summary>
public enum GitHubReaction
{
    ThumbsUp,
    ThumbsDown,
    Laugh,
    Confused,
    Heart,
    Hooray,
    Rocket,
    Eyes,
}
