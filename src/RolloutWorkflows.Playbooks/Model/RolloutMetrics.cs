namespace RolloutWorkflows.Playbooks;

/// <summary>The built-in metric source over the host's own past runs, and what it measures.</summary>
public static class RolloutMetrics
{
    /// <summary>The source's name, which no source of the host's configuration may have.</summary>
    public const string Source = "rollouts";

    /// <summary>Mean time to detect, in seconds.</summary>
    public const string Mttd = "mttd";

    /// <summary>Mean time to restore, in seconds.</summary>
    public const string Mttr = "mttr";

    /// <summary>How the time to detect changes from run to run, in seconds per run; below 0 it falls.</summary>
    public const string MttdTrend = "mttd-trend";

    /// <summary>How the time to restore changes from run to run, in seconds per run; below 0 it falls.</summary>
    public const string MttrTrend = "mttr-trend";

    /// <summary>How many runs were looked at.</summary>
    public const string Runs = "runs";

    /// <summary>How many rollbacks there were in them.</summary>
    public const string Rollbacks = "rollbacks";

    /// <summary>Of how many runs a metric speaks where it does not say.</summary>
    public const int DefaultLast = 10;

    /// <summary>The most runs that a metric may speak of.</summary>
    public const int MostRuns = 100;

    /// <summary>What can be asked for.</summary>
    public static readonly IReadOnlyList<string> Values = [Mttd, Mttr, MttdTrend, MttrTrend, Runs, Rollbacks];
}
