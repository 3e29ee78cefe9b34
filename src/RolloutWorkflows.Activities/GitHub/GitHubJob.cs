namespace RolloutWorkflows.Activities;

/// <summary>A job of a workflow run's latest attempt.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">As the workflow names it.</param>
/// <param name="Status">As a workflow run's.</param>
/// <param name="Conclusion">As a workflow run's.</param>
/// <param name="CompletedAt">When it ended.</param>
/// <param name="Url">Its page.</param>
public sealed record GitHubJob(long Id, string Name, string Status, string? Conclusion, DateTimeOffset? CompletedAt, string? Url);
