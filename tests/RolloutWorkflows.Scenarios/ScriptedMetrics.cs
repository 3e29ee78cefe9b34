using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Scenarios;

/// <summary>A metric source whose answers a scenario writes: per metric a value by virtual time.</summary>
internal sealed class ScriptedMetrics(TimeProvider time) : IMetricSources, IMetricSource, IAlertSource
{
    private readonly Dictionary<string, Func<DateTimeOffset, MetricReading>> script = [];

    /// <summary>How often the source was asked.</summary>
    public int Asked { get; private set; }

    /// <summary>What happens while the source is being asked; null: nothing.</summary>
    public Func<Task>? WhileAsked { get; set; }

    public IReadOnlyList<string> Names => ["test"];

    public void Say(string metric, Func<DateTimeOffset, MetricReading> answer) => script[metric] = answer;

    public IMetricSource? Find(string name) => name == "test" ? this : null;

    public async Task<IReadOnlyDictionary<string, MetricReading>> ReadAsync(IReadOnlyDictionary<string, Metric> metrics, CancellationToken cancellation = default)
    {
        Asked++;
        if (WhileAsked is { } happening) await happening();
        IReadOnlyDictionary<string, MetricReading> readings = metrics.Keys.ToDictionary(
            name => name, name => script.TryGetValue(name, out var answer) ? answer(time.GetUtcNow()) : MetricReading.NoData("the script says nothing"));
        return readings;
    }

    /// <summary>Nothing fires but the one that always does.</summary>
    public Task<IReadOnlyList<Alert>> AlertsAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Alert>>([new Alert { Name = "Watchdog", Firing = true, Labels = new Dictionary<string, string> { ["severity"] = "none" } }]);

    public Task<IReadOnlyList<Alert>> AlertsWithinAsync(TimeSpan span, CancellationToken cancellation) => AlertsAsync(cancellation);

    public Task<string?> ProbeAsync(CancellationToken cancellation = default) => Task.FromResult<string?>(null);
}
