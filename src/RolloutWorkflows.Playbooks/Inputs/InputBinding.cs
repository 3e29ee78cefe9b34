using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace RolloutWorkflows.Playbooks;

/// <summary>What binding gave: every input's value where all are good, and all problems otherwise.</summary>
public sealed record InputBinding
{
    /// <summary>Input name to value, defaults filled in; null where a problem stands in the way.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Values { get; init; }

    /// <summary>All problems, ordered by input.</summary>
    public required IReadOnlyList<Problem> Problems { get; init; }

    /// <summary>True where there are values.</summary>
    [MemberNotNullWhen(true, nameof(Values))]
    public bool IsValid => Values is not null;
}
