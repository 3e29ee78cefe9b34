using System.Text.Json;

namespace RolloutWorkflows.Playbooks.Steps;

/// <summary>One key of a kind's <c>with</c>.</summary>
public sealed record StepParameter
{
    public required string Name { get; init; }

    public required StepParameterType Type { get; init; }

    public required string Description { get; init; }

    public bool Required { get; init; }

    /// <summary>The value where the key is absent; null: none.</summary>
    public JsonElement? Default { get; init; }

    /// <summary>For strings: the only values allowed; empty: any.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    public double? Minimum { get; init; }

    public double? Maximum { get; init; }

    /// <summary>False where no <c>${{ }}</c> may stand: conditions, queries, people, the host of a URL.</summary>
    public bool AllowsExpressions { get; init; } = true;
}
