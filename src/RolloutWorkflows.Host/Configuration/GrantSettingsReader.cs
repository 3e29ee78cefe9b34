using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary>Reads <c>extensions.rollout.grants</c>: what the playbooks of each pattern of names may touch.</summary>
internal static class GrantSettingsReader
{
    public static Dictionary<string, PlaybookGrant> Read(SettingsSection section, SettingsContext context) =>
        section.Keys.ToList().ToDictionary(pattern => pattern, pattern => ReadGrant(section.Section(pattern), context), StringComparer.Ordinal);

    private static PlaybookGrant ReadGrant(SettingsSection grant, SettingsContext context)
    {
        var secrets = grant.Section("secrets");
        var read = new PlaybookGrant
        {
            Flags = grant.Texts("flags"),
            Files = grant.Texts("files"),
            Workflows = ReadWorkflows(grant, context),
            Repositories = ReadRepositories(grant, context),
            Egress = ReadOrigins(grant, "egress", context),
            Secrets = secrets.Keys.ToList().ToDictionary(name => name, name => ReadOrigins(secrets, name, context, IsCommand), StringComparer.Ordinal),
            CommandSecrets = secrets.Keys.ToList().ToDictionary(name => name, name => ReadCommands(secrets, name), StringComparer.Ordinal),
            Commands = grant.Texts("commands"),
            Snapshots = grant.Texts("snapshots"),
        };
        grant.WarnOfUnknown();
        return read;
    }

    private static IReadOnlyList<string> ReadWorkflows(SettingsSection grant, SettingsContext context)
    {
        var workflows = grant.Texts("workflows");
        foreach (var workflow in workflows.Where(workflow => workflow.Split(':') is not [var repository, { Length: > 0 }] || repository.Split('/') is not [{ Length: > 0 }, { Length: > 0 }]))
            context.Problem($"{grant.Place}.workflows", "workflows such as \"chain/node:deploy.yml\" or \"chain/*:deploy-*.yml\"", $"\"{workflow}\"");
        return workflows;
    }

    private static IReadOnlyList<string> ReadRepositories(SettingsSection grant, SettingsContext context)
    {
        var repositories = grant.Texts("repositories");
        // The name may be a pattern, the owner not: whoever makes an account could be granted something.
        foreach (var repository in repositories.Where(repository => !GitHubRepository.TryParse(repository.Replace('*', 'x'), out _) || repository.Split('/')[0].Contains('*', StringComparison.Ordinal)))
            context.Problem($"{grant.Place}.repositories", "repositories such as \"chain/node\" or \"chain/*\"", $"\"{repository}\"");
        return repositories;
    }

    /// <summary>A secret goes to origins, or to commands.</summary>
    private static bool IsCommand(string text) => text.StartsWith(PlaybookGrant.CommandPrefix, StringComparison.Ordinal) && text.Length > PlaybookGrant.CommandPrefix.Length;

    private static IReadOnlyList<string> ReadCommands(SettingsSection secrets, string name) =>
        [.. secrets.Entries(name).Select(entry => entry.Text).OfType<string>().Where(IsCommand).Select(text => text[PlaybookGrant.CommandPrefix.Length..])];

    private static IReadOnlyList<EgressGrant> ReadOrigins(SettingsSection section, string key, SettingsContext context, Func<string, bool>? isElse = null)
    {
        var origins = new List<EgressGrant>();
        foreach (var (place, text, entry) in section.Entries(key))
        {
            if (text is not null && isElse?.Invoke(text) == true) continue;
            var origin = text ?? entry?.Text("origin");
            var isPrivate = entry?.Flag("private") ?? false;
            entry?.WarnOfUnknown();
            if (origin is not null && EgressGrant.TryParse(origin, isPrivate, out var grant, out var expected)) origins.Add(grant);
            else context.Problem(place, "an origin such as \"https://api.example.com\", or { \"origin\": …, \"private\": true }", origin is null ? "nothing" : $"\"{origin}\"");
        }

        return origins;
    }
}
