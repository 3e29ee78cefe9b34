namespace RolloutWorkflows.Activities;

/// <summary>A message that waits for the end of quiet hours.</summary>
/// <param name="MessageId">Its id.</param>
/// <param name="At">When what it tells of happened.</param>
/// <param name="Lines">What it says.</param>
internal sealed record SlackKept(string MessageId, DateTimeOffset At, IReadOnlyList<string> Lines);
