using System.Text.Json;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Host;

/// <summary>The answer of <c>POST /api/rollouts?dryRun=true</c>: the start would succeed now, and this is what would follow.</summary>
public sealed record StartPreviewAnswer
{
    public required string Playbook { get; init; }

    /// <summary>SHA-256 of the playbook as the run would pin it.</summary>
    public required string PlaybookDigest { get; init; }

    /// <summary>All inputs, defaults filled in.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Inputs { get; init; }

    /// <summary>Every gate with its earliest and latest time, if the run started now.</summary>
    public required PlaybookPlan Plan { get; init; }

    /// <summary>What of the playbook this server would not do, though the run could start; one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
