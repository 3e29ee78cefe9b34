namespace RolloutWorkflows.Playbooks.Steps;

/// <summary>What a step kind is: its name, its part in a playbook, its configuration and its effect on the world.</summary>
public sealed record StepKind
{
    /// <summary><c>family/verb</c> or one word.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence for <c>rollout steps</c> and the docs page.</summary>
    public required string Summary { get; init; }

    public required StepRole Role { get; init; }

    public StepEffect Effect { get; init; } = StepEffect.None;

    /// <summary>The keys of <c>with</c>, in the order in which they are explained.</summary>
    public IReadOnlyList<StepParameter> Parameters { get; init; } = [];

    /// <summary>The names of what later steps can read as <c>steps.ID.outputs.NAME</c>, with a sentence each.</summary>
    public IReadOnlyDictionary<string, string> Outputs { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// The keys of <c>with</c> that together name what the kind writes, such as <c>flag</c>; empty: it cannot be named.
    /// Two stages that write the same target must say how far a rollback goes back.
    /// </summary>
    public IReadOnlyList<string> Target { get; init; } = [];

    /// <summary>A YAML snippet that validates.</summary>
    public required string Example { get; init; }

    /// <summary>True for a check that changes the world to find out, so that as a guardrail it needs an explicit interval of at least 5 minutes.</summary>
    public bool HasSideEffects { get; init; }
}
