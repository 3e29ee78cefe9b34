namespace RolloutWorkflows.Counterparts;

/// <summary>The Node packages of eng/counterparts, which eng/node-counterparts.sh installs, and Node itself.</summary>
public static class NodeTools
{
    private const string Missing = "There are no Node packages of eng/counterparts on this machine; run eng/node-counterparts.sh, or set ROLLOUT_NODE_COUNTERPARTS.";

    /// <summary>The folder that holds <c>node_modules</c>. Where there is none, or no Node, the test is skipped visibly, and in CI it fails.</summary>
    public static string Require()
    {
        if (Find() is { } folder) return folder;
        // What begins like this is a skipped test to xunit, which this project does not refer to.
        throw new InvalidOperationException(Environment.GetEnvironmentVariable("CI") == "true" ? Missing : $"$XunitDynamicSkip${Missing}");
    }

    /// <summary>A package's file below <c>node_modules</c>.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Require(), "node_modules", .. parts]);

    private static string? Find()
    {
        var program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "node")) || File.Exists(Path.Combine(folder, "node.exe")));
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } stated ? stated : Path.Combine(home, ".cache");
        var installed = Environment.GetEnvironmentVariable("ROLLOUT_NODE_COUNTERPARTS") is { Length: > 0 } other ? other : Path.Combine(cache, "rolloutworkflows", "node-counterparts");
        return program && Directory.Exists(Path.Combine(installed, "node_modules")) ? installed : null;
    }
}
