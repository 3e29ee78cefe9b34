namespace RolloutWorkflows.Host;

/// <summary>Where somebody who did something in Slack can be answered.</summary>
internal sealed record SlackPlace
{
    /// <summary>The channel's id; null: it is not known.</summary>
    public string? Channel { get; init; }

    /// <summary>The thread's <c>ts</c>; null: none.</summary>
    public string? Thread { get; init; }

    /// <summary>Slack's address for answers, worth five of them within 30 minutes; null: there is none.</summary>
    public string? ResponseUrl { get; init; }
}
