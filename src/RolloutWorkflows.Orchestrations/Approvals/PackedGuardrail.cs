namespace RolloutWorkflows.Orchestrations;

/// <summary>A guardrail in a decision pack.</summary>
public sealed record PackedGuardrail
{
    public required string Name { get; init; }

    /// <summary>Its conditions, such as <c>fails at result &gt; 5%</c>; empty for a check, which gives its own verdict.</summary>
    public required string Limits { get; init; }

    /// <summary>True: it only says what it would have done.</summary>
    public bool Shadow { get; init; }

    /// <summary>The last measurement, with its value and baseline; null where none was taken lately.</summary>
    public Measurement? Last { get; init; }
}
