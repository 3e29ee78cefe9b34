namespace RolloutWorkflows.Playbooks.Grammar;

/// <summary>Metrics and guardrails.</summary>
internal static class GuardrailShapes
{
    private static readonly Form Reaction = Forms.Choice("rollback", "hold", "notify", "continue");

    public static readonly Shape Metric = new(
        "a metric",
        "A number that can be measured. Its source, with address and credentials, is named in the host's configuration.",
        new Key("source", Forms.Name, "A source that the host's configuration names, or rollouts: this host's own past runs.") { Required = true },
        new Key("value", Forms.Text, "For JSON sources: the dotted path of the value. For rollouts: mttd, mttr, mttd-trend, mttr-trend, runs or rollbacks."),
        new Key("samples", Forms.Text, "For JSON sources: the dotted path of the number of samples behind the value."),
        new Key("query", Forms.Text, "For query sources: the query."),
        new Key("samplesQuery", Forms.Text, "For query sources: the query that counts the samples."),
        new Key("playbook", Forms.Text, "For rollouts: whose runs, by name or by a pattern such as web4-*; default this playbook's own."),
        new Key("last", Forms.Integer(1, RolloutMetrics.MostRuns), "For rollouts: how many of the last ended runs; default 10."))
    {
        ExactlyOne = [["value", "query"]],
    };

    public static readonly Shape Baseline = new(
        "a baseline",
        "What a measurement is compared with.",
        new Key("capture", Forms.Name, "The name under which a metric/capture stored it."),
        new Key("metric", Forms.Name, "A metric that is measured beside it."))
    {
        ExactlyOne = [["capture", "metric"]],
    };

    public static readonly Shape Guardrail = new(
        "a guardrail",
        "A measurement, or a check, that is repeated while the rollout goes on, and what follows from it.",
        new Key("name", Forms.Name, "Unique in the run; default the metric's or the check's name."),
        new Key("metric", Forms.Name, "The metric to measure."),
        new Key("uses", Forms.Text, "The check to repeat, such as alerts/silent."),
        new Key("with", Forms.With, "The check's configuration."),
        new Key("interval", Forms.Duration, "Time between two measurements, on a fixed grid.") { Default = "1m" },
        new Key("initialDelay", Forms.Duration, "Time until the first measurement; default one interval."),
        new Key("count", Forms.Integer(1), "Measurements in all; default until the watch ends."),
        new Key("successCondition", Forms.Condition, "Passed where it holds."),
        new Key("failureCondition", Forms.Condition, "Failed where it holds, even where successCondition holds too."),
        new Key("warningCondition", Forms.Condition, "A warning where it holds and nothing failed."),
        new Key("failureLimit", Forms.Integer(0), "Failed measurements tolerated in all; the one after the limit acts. Default 0, or no limit beside consecutiveFailureLimit."),
        new Key("consecutiveFailureLimit", Forms.Integer(0), "Failed measurements tolerated in a row."),
        new Key("consecutiveErrorLimit", Forms.Integer(0), "Errors tolerated in a row.") { Default = "4" },
        new Key("inconclusiveLimit", Forms.Integer(0), "Inconclusive measurements tolerated in all.") { Default = "4" },
        new Key("noDataLimit", Forms.Integer(0), "Measurements without data tolerated in a row.") { Default = "5" },
        new Key("minSampleSize", Forms.NumberFrom(0), "Fewer samples than this are no data; needs the metric's samples or samplesQuery."),
        new Key("baseline", Forms.Object(Baseline), "What 'baseline' means in the conditions."),
        new Key("mode", Forms.Choice("enforce", "shadow"), "shadow only says what it would have done.") { Default = "enforce" },
        new Key("notify", Forms.Names, "People, groups and channels that hear when the guardrail speaks."),
        new Key("onFailed", Reaction, "What follows when a failure limit is exceeded.") { Default = "rollback" },
        new Key("onError", Reaction, "What follows when consecutiveErrorLimit is exceeded.") { Default = "hold" },
        new Key("onInconclusive", Reaction, "What follows when inconclusiveLimit is exceeded.") { Default = "hold" },
        new Key("onNoData", Reaction, "What follows when noDataLimit is exceeded.") { Default = "hold" },
        new Key("onWarning", Reaction, "What follows from a warning.") { Default = "notify" },
        new Key("surface", Forms.Label, "The one surface that the guardrail concerns."))
    {
        ExactlyOne = [["metric", "uses"]],
        AtMostOne = [["metric", "with"]],
    };
}
