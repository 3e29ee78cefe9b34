namespace RolloutWorkflows.Playbooks.Reading;

/// <summary>Reads metrics and guardrails.</summary>
internal static class GuardrailReader
{
    public static Metric ReadMetric(Fields fields, string playbook) => new()
    {
        Source = fields.RequiredText("source"),
        Value = fields.Text("value"),
        Samples = fields.Text("samples"),
        Query = fields.Text("query"),
        Playbook = fields.Text("playbook") ?? (fields.Text("source") == RolloutMetrics.Source ? playbook : null),
        Last = fields.Integer("last"),
        SamplesQuery = fields.Text("samplesQuery"),
    };

    public static Guardrail Read(Fields fields, int index) => new()
    {
        Name = fields.Text("name") ?? fields.Text("metric") ?? fields.Text("uses") ?? "",
        Metric = fields.Text("metric"),
        Uses = fields.Text("uses"),
        With = fields.With(),
        Interval = fields.Duration("interval") ?? default,
        InitialDelay = fields.Duration("initialDelay"),
        Count = fields.Integer("count"),
        SuccessCondition = fields.Text("successCondition"),
        FailureCondition = fields.Text("failureCondition"),
        WarningCondition = fields.Text("warningCondition"),
        FailureLimit = fields.Integer("failureLimit"),
        ConsecutiveFailureLimit = fields.Integer("consecutiveFailureLimit"),
        ConsecutiveErrorLimit = fields.Integer("consecutiveErrorLimit") ?? 0,
        InconclusiveLimit = fields.Integer("inconclusiveLimit") ?? 0,
        NoDataLimit = fields.Integer("noDataLimit") ?? 0,
        MinSampleSize = fields.Number("minSampleSize"),
        Baseline = fields.Object("baseline", baseline => new Baseline { Capture = baseline.Text("capture"), Metric = baseline.Text("metric") }),
        Mode = fields.Choice<GuardrailMode>("mode"),
        Notify = fields.Texts("notify"),
        OnFailed = fields.Choice<Reaction>("onFailed"),
        OnError = fields.Choice<Reaction>("onError"),
        OnInconclusive = fields.Choice<Reaction>("onInconclusive"),
        OnNoData = fields.Choice<Reaction>("onNoData"),
        OnWarning = fields.Choice<Reaction>("onWarning"),
        Surface = fields.Text("surface"),
    };
}
