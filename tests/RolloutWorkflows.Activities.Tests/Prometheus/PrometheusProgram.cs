namespace RolloutWorkflows.Activities.Tests;

/// <summary>Where a real Prometheus is; eng/prometheus.sh puts one there.</summary>
internal static class PrometheusProgram
{
    /// <summary>The program. Where there is none, the test is skipped visibly, and in CI it fails.</summary>
    public static string Require()
    {
        if (Find() is { } program) return program;
        const string Missing = "There is no Prometheus on this machine; run eng/prometheus.sh, or set ROLLOUT_PROMETHEUS.";
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(Missing);
        Assert.Skip(Missing);
        return "";
    }

    private static string? Find()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } stated ? stated : Path.Combine(home, ".cache");
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "prometheus"));
        return new[] { Environment.GetEnvironmentVariable("ROLLOUT_PROMETHEUS") ?? "" }
            .Concat(onPath)
            .Append(Path.Combine(cache, "rolloutworkflows", "prometheus", "usr", "bin", "prometheus"))
            .FirstOrDefault(File.Exists);
    }
}
