using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary>The keys of <c>extensions.rollout</c>: what this host adds to Durable Functions' configuration.</summary>
public sealed record RolloutSettings
{
    /// <summary>The folder of playbook files, relative to the server's root; default <c>playbooks</c>.</summary>
    public string Playbooks { get; init; } = "playbooks";

    /// <summary>Metric sources by the name that playbooks use.</summary>
    public IReadOnlyDictionary<string, MetricSourceSettings> MetricSources { get; init; } = new Dictionary<string, MetricSourceSettings>();

    /// <summary>Where secrets lie, by the name that the rest of the configuration uses.</summary>
    public IReadOnlyDictionary<string, SecretLocation> Secrets { get; init; } = new Dictionary<string, SecretLocation>();

    /// <summary>Announcement webhooks by the name that playbooks use.</summary>
    public IReadOnlyDictionary<string, WebhookSettings> Webhooks { get; init; } = new Dictionary<string, WebhookSettings>();

    /// <summary>The folder below which playbooks may read and change the files that are granted to them, relative to the server's root; null: nowhere.</summary>
    public string? Files { get; init; }

    /// <summary>The files of public keys by the name of whoever signs with them, as absolute paths.</summary>
    public IReadOnlyDictionary<string, string> Signers { get; init; } = new Dictionary<string, string>();

    /// <summary>The programs that playbooks may run, by the name that playbooks use.</summary>
    public IReadOnlyDictionary<string, AllowedCommand> Commands { get; init; } = new Dictionary<string, AllowedCommand>();

    /// <summary>What has signed snapshots, by the name that playbooks use.</summary>
    public IReadOnlyDictionary<string, SnapshotTarget> Snapshots { get; init; } = new Dictionary<string, SnapshotTarget>();

    /// <summary>The file of persons and groups, relative to the server's root; null: <c>people.yaml</c> where it exists.</summary>
    public string? People { get; init; }

    /// <summary>True: a playbook's own <c>people</c> are believed. Default false, so that no playbook names its own approvers.</summary>
    public bool AllowPlaybookPeople { get; init; }

    /// <summary>Files of holidays by the name that windows use, relative to the server's root.</summary>
    public IReadOnlyDictionary<string, string> Holidays { get; init; } = new Dictionary<string, string>();

    /// <summary>Which GitHub the host is connected to; none by default.</summary>
    public GitHubOptions GitHub { get; init; } = new();

    /// <summary>What playbooks may touch, by patterns of their names; nothing that is not stated.</summary>
    public IReadOnlyDictionary<string, PlaybookGrant> Grants { get; init; } = new Dictionary<string, PlaybookGrant>();

    /// <summary>How this host is connected to Slack.</summary>
    public SlackOptions Slack { get; init; } = new();

    /// <summary>For which runs environments of GitHub Actions wait.</summary>
    public ProtectionRuleOptions ProtectionRules { get; init; } = new();

    /// <summary>Where evidence goes beside this server's own database, and the key that signs it.</summary>
    public EvidenceOptions Evidence { get; init; } = new();

    /// <summary>Names under which the server is reached beside its listen addresses, as they stand in <c>Host</c> headers, without ports.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Addresses on which nothing but webhooks is served, separated by semicolons; null: none beside the server's own.</summary>
    public string? WebhookUrls { get; init; }
}
