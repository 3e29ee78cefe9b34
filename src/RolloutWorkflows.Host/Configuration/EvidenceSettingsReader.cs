using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary>Reads <c>extensions.rollout.evidence</c>: where evidence goes beside the database, and the key that signs it. Both secrets stand there by their names only.</summary>
internal static class EvidenceSettingsReader
{
    public static EvidenceOptions Read(SettingsSection evidence, SettingsContext context, IReadOnlyDictionary<string, SecretLocation> secrets, string root)
    {
        var azure = evidence.Section("azureBlob");
        var sasUrl = SecretName(azure, "sasUrl", context, secrets);
        if (azure.Keys.Any() && !azure.Has("sasUrl")) context.Problem($"{azure.Place}.sasUrl", "the name of the secret that holds the container's SAS URL", "nothing");
        azure.WarnOfUnknown();
        var options = new EvidenceOptions
        {
            Folder = evidence.Text("folder") is { } folder ? Path.GetFullPath(folder, root) : null,
            ReviewTemplate = evidence.Text("reviewTemplate") is { } template ? Path.GetFullPath(template, root) : null,
            AzureSasUrl = sasUrl,
            SigningKey = SecretName(evidence, "signingKey", context, secrets) is { } key ? secrets[key] : null,
        };
        evidence.WarnOfUnknown();
        return options;
    }

    private static string? SecretName(SettingsSection section, string key, SettingsContext context, IReadOnlyDictionary<string, SecretLocation> secrets)
    {
        if (section.Text(key) is not { } name) return null;
        if (secrets.ContainsKey(name)) return name;
        // Whoever pasted the secret where its name belongs must not find it in the log.
        var known = secrets.Count == 0 ? "none" : string.Join(", ", secrets.Keys.Order(StringComparer.Ordinal));
        context.Problem($"{section.Place}.{key}", $"the name of a secret under extensions.rollout.secrets (known: {known})", "another text, which is not shown here");
        return null;
    }
}
