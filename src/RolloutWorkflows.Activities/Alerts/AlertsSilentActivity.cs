using System.Globalization;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>Carries out <c>alerts/silent</c>: an alert that fires is Failed; where silence would prove nothing it is Errored.</summary>
internal sealed class AlertsSilentActivity(IMetricSources sources, TimeProvider time, ILogger<AlertsSilentActivity> logger)
    : StepActivity<AlertsSilentStep>(time, logger)
{
    private const int Shown = 5;

    protected override async Task<StepResult> ExecuteAsync(StepCall<AlertsSilentStep> call, CancellationToken cancellation)
    {
        var step = call.Step;
        if (!TryFind(step.Source, out var name, out var source, out var problem)) return Errored(problem);
        try
        {
            var alerts = await source.AlertsAsync(cancellation);
            if (step.Armed is { } watchdog && !alerts.Any(alert => alert.Firing && alert.Name == watchdog))
                return Errored($"Source {name}: '{watchdog}' does not fire, so alerting is not armed and silence proves nothing.", ("alerts", Array.Empty<string>()));
            var past = step.For is { } span ? await source.AlertsWithinAsync(span, cancellation) : [];
            return Judge(step, name, Loud(step, alerts), Loud(step, past));
        }
        catch (OutboundException none)
        {
            return Errored($"Source {name} did not say which alerts fire: {none.Message}.");
        }
    }

    private bool TryFind(string? wanted, out string name, out IAlertSource source, out string problem)
    {
        var known = sources.Names.Where(known => sources.Find(known) is IAlertSource).ToList();
        name = wanted ?? (known.Count == 1 ? known[0] : "");
        source = null!;
        problem = "";
        if (name.Length == 0)
        {
            problem = known.Count == 0
                ? "alerts/silent has nobody to ask: the host's configuration has no metric source with the provider prometheus."
                : $"alerts/silent needs with.source: the host's configuration has {string.Join(" and ", known)}.";
            return false;
        }

        if (sources.Find(name) is IAlertSource found)
        {
            source = found;
            return true;
        }

        problem = sources.Find(name) is null
            ? $"alerts/silent cannot ask '{name}': the host's configuration has no metric source of that name; with alerts there are: {(known.Count == 0 ? "none" : string.Join(", ", known))}."
            : $"alerts/silent cannot ask '{name}': it knows no alerts; its provider must be prometheus.";
        return false;
    }

    private static List<Alert> Loud(AlertsSilentStep step, IReadOnlyList<Alert> alerts) =>
    [
        .. alerts.Where(alert => (alert.Firing || step.Pending)
            && alert.Name != step.Armed
            && !step.Ignore.Contains(alert.Name)
            && (step.Severity is null || alert.Labels.GetValueOrDefault("severity") == step.Severity)
            && step.Labels.All(label => alert.Labels.GetValueOrDefault(label.Key) == label.Value))
            .OrderBy(alert => alert.Name, StringComparer.Ordinal)
    ];

    private static StepResult Judge(AlertsSilentStep step, string source, List<Alert> now, List<Alert> past)
    {
        (string, object?) names = ("alerts", now.Concat(past).Select(alert => alert.Name).Distinct(StringComparer.Ordinal));
        if (now.Count > 0)
        {
            var one = now.Count == 1;
            var verb = now.TrueForAll(alert => alert.Firing) ? one ? "fires" : "fire" : one ? "is pending" : "fire or are pending";
            return Failed($"Source {source}: {now.Count} {(one ? "alert" : "alerts")} {verb}: {Describe(now)}.", names);
        }

        if (past.Count > 0) return Failed($"Source {source}: fired within the last {PlaybookDuration.Format(step.For!.Value)}: {Describe(past)}.", names);
        return Passed($"Source {source}: no alert fires{(step.For is { } span ? $", nor did one within the last {PlaybookDuration.Format(span)}" : "")}{(step.Armed is { } watchdog ? $"; {watchdog} does, so alerting is armed" : "")}.", names);
    }

    private static string Describe(List<Alert> alerts) =>
        string.Join("; ", alerts.Take(Shown).Select(Describe)) + (alerts.Count > Shown ? $"; and {alerts.Count - Shown} more" : "");

    private static string Describe(Alert alert)
    {
        var labels = alert.Labels.Where(label => label.Key is not "alertname" and not "alertstate" and not "__name__").OrderBy(label => label.Key, StringComparer.Ordinal).ToList();
        var shown = labels.Count == 0 ? "" : " {" + string.Join(", ", labels.Select(label => $"{label.Key}=\"{label.Value}\"")) + "}";
        var since = alert.ActiveAt is { } at ? $" {(alert.Firing ? "" : "pending ")}since {at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)}" : "";
        return alert.Name + shown + since;
    }
}
