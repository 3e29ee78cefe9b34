using System.IO.Enumeration;

namespace RolloutWorkflows.Activities;

/// <summary>
/// What playbooks may touch, as this host's operator grants it; nothing by default. What is granted to several
/// patterns that fit a playbook's name adds up. Looked at before a run starts and again when a step acts; flags and files
/// not on the way back, so that a run may always restore what it changed. Immutable.
/// </summary>
public sealed class Grants
{
    private readonly IReadOnlyDictionary<string, PlaybookGrant>? _entries;

    /// <param name="entries">Patterns of playbooks' names, such as <c>web4-*</c>, and what each grants.</param>
    public Grants(IReadOnlyDictionary<string, PlaybookGrant> entries) => _entries = entries;

    private Grants() => _entries = null;

    /// <summary>Everything is granted but what no grant can open; for tests, and for programs that take no playbooks from others.</summary>
    public static Grants Everything { get; } = new();

    /// <summary>Why the playbook may not change the flag; null where it may.</summary>
    public string? RefusalOfFlag(string playbook, string flag) =>
        Covers(playbook, grant => grant.Flags.Any(pattern => Fits(pattern, flag))) ? null
        : Refusal(playbook, $"flag '{flag}'", "flags", $"[\"{flag}\"]");

    /// <summary>Why the playbook may not change the file; null where it may.</summary>
    public string? RefusalOfFile(string playbook, string file) =>
        Covers(playbook, grant => grant.Files.Any(pattern => Fits(pattern, file))) ? null
        : Refusal(playbook, $"file '{file}'", "files", $"[\"{file}\"]");

    /// <summary>Why the playbook may not dispatch the workflow, <c>owner/name:FILE</c>; null where it may. Upper and lower case are the same repository, but not the same file.</summary>
    public string? RefusalOfWorkflow(string playbook, string workflow) =>
        Covers(playbook, grant => grant.Workflows.Any(pattern => Fits(WithFoldedRepository(pattern), WithFoldedRepository(workflow)))) ? null
        : Refusal(playbook, $"workflow '{workflow}'", "workflows", $"[\"{workflow}\"]");

    /// <summary>Why the playbook may do nothing in GitHub's repository; null where it may. Upper and lower case are the same.</summary>
    public string? RefusalOfRepository(string playbook, GitHubRepository repository) =>
        Covers(playbook, grant => grant.Repositories.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, repository.ToString(), ignoreCase: true))) ? null
        : Refusal(playbook, $"repository {repository}", "repositories", $"[\"{repository}\"]");

    /// <summary>Why the playbook may not send requests to the address; null where it may.</summary>
    public string? RefusalOfEgress(string playbook, Uri address) =>
        Covers(playbook, grant => grant.Egress.Any(egress => egress.Covers(address))) ? null
        : Refusal(playbook, $"address {OriginOf(address)}", "egress", $"[\"{OriginOf(address)}\"]");

    /// <summary>Why the playbook may not send the secret to the address; null where it may.</summary>
    public string? RefusalOfSecret(string playbook, string secret, Uri address) =>
        Covers(playbook, grant => grant.Secrets.TryGetValue(secret, out var origins) && origins.Any(origin => origin.Covers(address))) ? null
        : Refusal(playbook, $"secret {secret} at {OriginOf(address)}", "secrets", $"{{ \"{secret}\": [\"{OriginOf(address)}\"] }}");

    /// <summary>Why the playbook may not run the command; null where it may.</summary>
    public string? RefusalOfCommand(string playbook, string command) =>
        Covers(playbook, grant => grant.Commands.Any(pattern => Fits(pattern, command))) ? null
        : Refusal(playbook, $"command '{command}'", "commands", $"[\"{command}\"]");

    /// <summary>Why the playbook may not give the secret to the command; null where it may.</summary>
    public string? RefusalOfSecret(string playbook, string secret, string command) =>
        Covers(playbook, grant => grant.CommandSecrets.TryGetValue(secret, out var commands) && commands.Contains(command, StringComparer.Ordinal)) ? null
        : Refusal(playbook, $"secret {secret} for command '{command}'", "secrets", $"{{ \"{secret}\": [\"{PlaybookGrant.CommandPrefix}{command}\"] }}");

    /// <summary>Why the playbook may not compare or restore the snapshots of the target; null where it may.</summary>
    public string? RefusalOfSnapshots(string playbook, string target) =>
        Covers(playbook, grant => grant.Snapshots.Any(pattern => Fits(pattern, target))) ? null
        : Refusal(playbook, $"snapshots of '{target}'", "snapshots", $"[\"{target}\"]");

    /// <summary>True where the playbook may reach the address even if it lies on this machine or in its network.</summary>
    internal bool AllowsPrivate(string playbook, Uri address) =>
        Covers(playbook, grant => grant.Egress.Any(egress => egress.Private && egress.Covers(address)));

    private bool Covers(string playbook, Func<PlaybookGrant, bool> covers) =>
        _entries is null || _entries.Any(entry => Fits(entry.Key, playbook) && covers(entry.Value));

    private static string WithFoldedRepository(string workflow) =>
        workflow.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 ? workflow[..colon].ToLowerInvariant() + workflow[colon..] : workflow;

    // A backslash is an escape in such patterns and never stands in what they are held against.
    private static bool Fits(string pattern, string text) =>
        FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: false);

    private static string Refusal(string playbook, string what, string kind, string entry) =>
        $"{what} is not granted to playbook {playbook}; where it should be, add \"{kind}\": {entry} under extensions.rollout.grants.\"{playbook}\" in host.json";

    private static string OriginOf(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
