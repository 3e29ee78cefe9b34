namespace RolloutWorkflows.Host;

/// <summary>One playbook of <c>GET /api/playbooks</c>.</summary>
public sealed record PlaybookSummary
{
    public required string Name { get; init; }

    public string? Title { get; init; }

    /// <summary>The file, relative to the playbook folder.</summary>
    public required string File { get; init; }

    /// <summary>True where a rollout of it can be started, with the defaults of its inputs and by this host's grants.</summary>
    public bool Startable { get; init; }

    public IReadOnlyList<string> Stages { get; init; } = [];

    /// <summary>The inputs by name, each with its type and, where it has one, its default, as text.</summary>
    public IReadOnlyDictionary<string, string> Inputs { get; init; } = new Dictionary<string, string>();

    /// <summary>Why it cannot be started; empty where it can.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}
