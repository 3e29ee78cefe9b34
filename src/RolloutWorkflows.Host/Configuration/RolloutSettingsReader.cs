namespace RolloutWorkflows.Host;

/// <summary>Reads the <c>extensions.rollout</c> section.</summary>
internal static class RolloutSettingsReader
{
    public static RolloutSettings Read(SettingsSection section, SettingsContext context, string root)
    {
        var secrets = SecretLocationReader.Read(section.Section("secrets"), context, root);
        var gitHub = GitHubSettingsReader.Read(section.Section("gitHub"), context, secrets);
        var sources = new MetricSourceReader(context, secrets, root);
        var settings = new RolloutSettings
        {
            Playbooks = section.Text("playbooks") ?? "playbooks",
            Files = ReadFiles(section, context),
            Signers = SignerSettingsReader.Read(section.Section("signers"), context, root),
            Commands = CommandSettingsReader.Read(section.Section("commands"), context, root),
            People = section.Text("people"),
            AllowPlaybookPeople = section.Flag("allowPlaybookPeople") ?? false,
            Holidays = ReadHolidays(section.Section("holidays")),
            WebhookUrls = section.Text("webhookUrls"),
            AllowedHosts = ReadHosts(section, context),
            Secrets = secrets,
            GitHub = gitHub,
            Snapshots = new SnapshotSettingsReader(context, sources).Read(section.Section("snapshots")),
            MetricSources = ReadEach(section.Section("metricSources"), sources.Read),
            ProtectionRules = ProtectionRuleReader.Read(section.Section("gitHub").Section("protectionRules"), context),
            Grants = GrantSettingsReader.Read(section.Section("grants"), context),
            Slack = SlackSettingsReader.Read(section.Section("slack"), context, secrets),
            Evidence = EvidenceSettingsReader.Read(section.Section("evidence"), context, secrets, root),
            Webhooks = ReadEach(section.Section("webhooks"), webhook => ReadWebhook(webhook, context)),
        };
        section.WarnOfUnknown();
        return settings;
    }

    private static string? ReadFiles(SettingsSection section, SettingsContext context)
    {
        // Passing it over would leave playbooks without their files, long after the start.
        if (section.Has("environmentFiles"))
            context.Problem($"{section.Place}.environmentFiles", $"{section.Place}.files, which names the folder of all files that playbooks may read or change", "its old name; rename it");
        return section.Text("files");
    }

    private static IReadOnlyList<string> ReadHosts(SettingsSection section, SettingsContext context)
    {
        var hosts = section.Texts("allowedHosts");
        foreach (var host in hosts.Where(host => Uri.CheckHostName(host) == UriHostNameType.Unknown))
            context.Problem($"{section.Place}.allowedHosts", "names or addresses such as rollouts.example.org, without ports or wildcards", $"\"{host}\"");
        return hosts;
    }

    private static Dictionary<string, string> ReadHolidays(SettingsSection section)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in section.Keys)
            if (section.Text(name) is { } file)
                files[name] = file;
        return files;
    }

    private static Dictionary<string, T> ReadEach<T>(SettingsSection section, Func<SettingsSection, T?> read)
        where T : class
    {
        var all = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var name in section.Keys)
            if (read(section.Section(name)) is { } one)
                all[name] = one;
        return all;
    }

    private static WebhookSettings? ReadWebhook(SettingsSection webhook, SettingsContext context)
    {
        var url = ReadAddress(webhook, context);
        webhook.WarnOfUnknown();
        return url is null ? null : new WebhookSettings { Url = url };
    }

    private static Uri? ReadAddress(SettingsSection section, SettingsContext context)
    {
        if (!section.Has("url")) context.Problem($"{section.Place}.url", "an absolute http:// or https:// address", "nothing");
        return section.Address("url");
    }
}
