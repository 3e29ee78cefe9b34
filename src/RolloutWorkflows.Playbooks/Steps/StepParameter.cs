using System.Text.Json;
using System.Text.Json.Serialization;

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

    /// <summary>True where every value is read as the text that stands in the file, numbers and booleans too.</summary>
    [JsonIgnore]
    public bool IsText => Type is not (StepParameterType.Number or StepParameterType.Integer or StepParameterType.Boolean or StepParameterType.Percent or StepParameterType.ApproverList or StepParameterType.Baseline or StepParameterType.Any);

    /// <summary>False where no <c>${{ }}</c> may stand: conditions, queries, people, the host of a URL.</summary>
    public bool AllowsExpressions { get; init; } = true;
}
