using System.Text.Json;

namespace RolloutWorkflows.Playbooks;

/// <summary>
/// A measurement repeated on a fixed grid, its verdict rules and its reactions. Field names and meaning follow
/// Argo Rollouts' analysis metrics, with its traps closed: a limit of N is exceeded by the N + 1st measurement,
/// errors never roll back by default, and missing data has a verdict of its own.
/// </summary>
public sealed record Guardrail
{
    /// <summary>Unique in the run; stated, or the metric's or kind's name.</summary>
    public required string Name { get; init; }

    /// <summary>The metric that is measured; null where <see cref="Uses"/> names a check instead.</summary>
    public string? Metric { get; init; }

    /// <summary>The check that is repeated; null where <see cref="Metric"/> is measured.</summary>
    public string? Uses { get; init; }

    public IReadOnlyDictionary<string, JsonElement> With { get; init; } = new Dictionary<string, JsonElement>();

    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Time from the start of the watch to the first grid point; default one interval.</summary>
    public TimeSpan? InitialDelay { get; init; }

    /// <summary>Number of measurements; null: until the watch ends.</summary>
    public int? Count { get; init; }

    public string? SuccessCondition { get; init; }

    public string? FailureCondition { get; init; }

    public string? WarningCondition { get; init; }

    /// <summary>Failed measurements tolerated in all; null: 0, or any number where <see cref="ConsecutiveFailureLimit"/> is stated.</summary>
    public int? FailureLimit { get; init; }

    /// <summary>Failed measurements tolerated in a row; null: only <see cref="FailureLimit"/> counts.</summary>
    public int? ConsecutiveFailureLimit { get; init; }

    /// <summary>Errors tolerated in a row; default 4.</summary>
    public int ConsecutiveErrorLimit { get; init; } = 4;

    /// <summary>Inconclusive measurements tolerated in all; default 4.</summary>
    public int InconclusiveLimit { get; init; } = 4;

    /// <summary>Measurements without data tolerated in a row; default 5.</summary>
    public int NoDataLimit { get; init; } = 5;

    /// <summary>Fewer samples than this are no data; needs the metric's <c>samples</c>.</summary>
    public double? MinSampleSize { get; init; }

    public Baseline? Baseline { get; init; }

    public GuardrailMode Mode { get; init; } = GuardrailMode.Enforce;

    /// <summary>People, groups and channels that hear when the guardrail speaks.</summary>
    public IReadOnlyList<string> Notify { get; init; } = [];

    public Reaction OnFailed { get; init; } = Reaction.Rollback;

    public Reaction OnError { get; init; } = Reaction.Hold;

    public Reaction OnInconclusive { get; init; } = Reaction.Hold;

    public Reaction OnNoData { get; init; } = Reaction.Hold;

    public Reaction OnWarning { get; init; } = Reaction.Notify;

    public string? Surface { get; init; }
}
