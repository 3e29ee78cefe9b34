using System.Text.Json;

namespace RolloutWorkflows.Playbooks;

/// <summary>A kind and its configuration, where no more of a step is needed (<c>undo:</c>).</summary>
public sealed record StepCall
{
    public required string Uses { get; init; }

    public IReadOnlyDictionary<string, JsonElement> With { get; init; } = new Dictionary<string, JsonElement>();
}
