namespace RolloutWorkflows.Orchestrations;

/// <summary>One step that an approval would let happen, in a decision pack.</summary>
public sealed record PackedChange
{
    public required string StepId { get; init; }

    public required string Uses { get; init; }

    /// <summary>The step as it would be sent, as far as its values are known.</summary>
    public required string Text { get; init; }

    /// <summary>What it changes, such as <c>flag:NAME</c>; null where the kind changes nothing that can be read, or its values are not known yet.</summary>
    public string? Target { get; init; }

    /// <summary>How the target stands now, for people.</summary>
    public string? From { get; init; }

    /// <summary>How it would stand then, for people.</summary>
    public string? To { get; init; }

    /// <summary>How a rollback would take it back, in a few words; null where there is nothing to take back.</summary>
    public string? TakenBack { get; init; }
}
