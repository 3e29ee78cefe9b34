using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary>Reads <c>extensions.rollout.snapshots</c>: where the snapshots of each target lie, who signs them, how the target tells its state and is restored.</summary>
internal sealed class SnapshotSettingsReader(SettingsContext context, MetricSourceReader addresses)
{
    public Dictionary<string, SnapshotTarget> Read(SettingsSection section)
    {
        var targets = new Dictionary<string, SnapshotTarget>(StringComparer.Ordinal);
        foreach (var name in section.Keys.ToList())
            if (ReadOne(section.Section(name)) is { } target)
                targets[name] = target;
        return targets;
    }

    private SnapshotTarget? ReadOne(SettingsSection target)
    {
        var catalog = Needed(target, "catalog", "the catalog's folder, relative to extensions.rollout.files");
        var signer = Needed(target, "signedBy", "a name under extensions.rollout.signers");
        var state = ReadAddress(target, "state");
        var (restoreAt, restoreBy) = ReadRestore(target);
        target.WarnOfUnknown();
        return catalog is null || signer is null ? null : new SnapshotTarget { Catalog = catalog, SignedBy = signer, State = state, RestoreAt = restoreAt, RestoreBy = restoreBy };
    }

    private (JsonHttpSource? At, string? By) ReadRestore(SettingsSection target)
    {
        if (!target.Has("restore")) return (null, null);
        if (!target.IsSection("restore")) return (ReadAddress(target, "restore"), null);
        var restore = target.Section("restore");
        if (!restore.Has("command")) return (ToSource(addresses.Read(restore)), null);
        var command = restore.Text("command");
        if (restore.Has("url")) context.Problem(restore.Place, "url or command", "both");
        restore.WarnOfUnknown();
        return (null, command);
    }

    /// <summary>An address alone, or one with what it takes to sign in there.</summary>
    private JsonHttpSource? ReadAddress(SettingsSection target, string key)
    {
        if (!target.Has(key)) return null;
        if (target.IsSection(key)) return ToSource(addresses.Read(target.Section(key)));
        return target.Address(key) is { } address ? new JsonHttpSource { Url = address } : null;
    }

    private static JsonHttpSource? ToSource(MetricSourceSettings? read) =>
        read is null ? null : new JsonHttpSource { Url = read.Address, Timeout = read.Timeout, Headers = read.Headers, Credentials = read.Credentials };

    private string? Needed(SettingsSection section, string key, string expected)
    {
        if (!section.Has(key)) context.Problem($"{section.Place}.{key}", expected, "nothing");
        return section.Text(key);
    }
}
