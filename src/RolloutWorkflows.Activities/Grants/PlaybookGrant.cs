namespace RolloutWorkflows.Activities;

/// <summary>What the playbooks of one name, or one pattern of names, may touch. Nothing that is not stated. Immutable.</summary>
public sealed record PlaybookGrant
{
    /// <summary>Names of flags; <c>*</c> stands for any characters.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>Origins that requests may go to.</summary>
    public IReadOnlyList<EgressGrant> Egress { get; init; } = [];

    /// <summary>Files, relative to the host's folder for them; <c>*</c> stands for any characters, <c>/</c> among them.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Workflows of GitHub Actions that may be dispatched, <c>owner/name:FILE</c>; <c>*</c> stands for any characters.</summary>
    public IReadOnlyList<string> Workflows { get; init; } = [];

    /// <summary>GitHub's repositories that may be read and written in, <c>owner/name</c>; <c>*</c> stands for any characters.</summary>
    public IReadOnlyList<string> Repositories { get; init; } = [];

    /// <summary>Names of secrets, and the origins that each may be sent to.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<EgressGrant>> Secrets { get; init; } = new Dictionary<string, IReadOnlyList<EgressGrant>>();

    /// <summary>What stands before a command's name where a secret is granted to one.</summary>
    public const string CommandPrefix = "command:";

    /// <summary>Commands of the host's configuration that may be run; <c>*</c> stands for any characters.</summary>
    public IReadOnlyList<string> Commands { get; init; } = [];

    /// <summary>Names of secrets, and the commands that each may be given to.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> CommandSecrets { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Targets whose snapshots may be compared and restored; <c>*</c> stands for any characters.</summary>
    public IReadOnlyList<string> Snapshots { get; init; } = [];
}
