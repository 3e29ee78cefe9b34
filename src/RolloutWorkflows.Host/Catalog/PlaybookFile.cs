using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Host;

/// <summary>One file of the catalog as it was read just now.</summary>
internal sealed record PlaybookFile
{
    /// <summary>Relative to the playbook folder.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of the text, in hex; empty where it could not be read.</summary>
    public required string Digest { get; init; }

    /// <summary>Null where the file is no valid playbook.</summary>
    public Playbook? Playbook { get; init; }

    /// <summary>Why it cannot be used; empty where it can.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>The playbook's name, or the file's where it has none.</summary>
    public string Name => Playbook?.Name ?? Path.GetFileNameWithoutExtension(File);
}
