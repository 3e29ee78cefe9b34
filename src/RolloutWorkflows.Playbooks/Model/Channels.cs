namespace RolloutWorkflows.Playbooks;

/// <summary>Where a run is shown and who hears of it.</summary>
public sealed record Channels
{
    public ReleaseIssueChannel? ReleaseIssue { get; init; }

    /// <summary>The run's own Slack thread.</summary>
    public SlackChannel? Slack { get; init; }

    /// <summary>A GitHub deployment that shows the run.</summary>
    public DeploymentChannel? Deployment { get; init; }

    /// <summary>Named audiences for announcements, such as <c>customers</c> or <c>ops</c>.</summary>
    public IReadOnlyDictionary<string, Audience> Audiences { get; init; } = new Dictionary<string, Audience>();
}
