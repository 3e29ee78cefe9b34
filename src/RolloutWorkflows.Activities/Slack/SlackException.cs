namespace RolloutWorkflows.Activities;

/// <summary>Slack did not do what it was asked. The message is a sentence for people without tokens.</summary>
public sealed class SlackException(SlackProblem problem, string message) : Exception(message)
{
    public SlackProblem Problem { get; } = problem;

    /// <summary>Slack's word for it, such as <c>channel_not_found</c>; null: it said none.</summary>
    public string? Error { get; init; }

    /// <summary>The soonest another try makes sense, where Slack said so.</summary>
    public TimeSpan? After { get; init; }

    /// <summary>True: it may have been done all the same, since its answer was lost. Look before you send it again.</summary>
    public bool MayBeDone { get; init; }
}
