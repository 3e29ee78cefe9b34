using RolloutWorkflows.Playbooks.Grammar;
using RolloutWorkflows.Playbooks.Yaml;

namespace RolloutWorkflows.Playbooks.Reading;

/// <summary>Reads stages, soaks, rollbacks and windows.</summary>
internal static class StageReader
{
    public static Stage Read(Fields fields, int index) => OfItsSurface(ReadOwn(fields));

    private static Stage ReadOwn(Fields fields) => new()
    {
        Name = fields.RequiredText("name"),
        Title = fields.Text("title"),
        Needs = fields.Texts("needs"),
        Milestone = fields.Object("milestone", milestone => new Milestone { Id = milestone.RequiredText("id"), Title = milestone.Text("title") }),
        Surface = fields.Text("surface"),
        Windows = fields.Object("windows", ReadWindows),
        Ready = StepReader.Read(fields, "ready", "ready-"),
        Approvals = ApprovalReader.ReadAll(fields),
        Steps = StepReader.Read(fields, "steps"),
        Soak = fields.Object("soak", ReadSoak),
        Criteria = StepReader.Read(fields, "criteria", "criteria-"),
        CriteriaInterval = fields.Duration("criteriaInterval") ?? default,
        Guardrails = fields.List("guardrails", GuardrailReader.Read),
        Rollback = fields.Object("rollback", ReadRollback),
        Retry = fields.Object("retry", retry => new RetryPolicyOfStage
        {
            Approval = retry.Object("approval", approval => ApprovalReader.Read(approval, "retry")) ?? new Approval { Name = "retry" },
        }),
    };

    /// <summary>What stands in a stage of one surface concerns that surface, unless it says another.</summary>
    private static Stage OfItsSurface(Stage stage) => stage.Surface is not { } surface ? stage : stage with
    {
        Ready = Of(stage.Ready, surface),
        Steps = Of(stage.Steps, surface),
        Criteria = Of(stage.Criteria, surface),
        Guardrails = [.. stage.Guardrails.Select(rule => rule with { Surface = rule.Surface ?? surface })],
    };

    private static IReadOnlyList<Step> Of(IReadOnlyList<Step> steps, string surface) => [.. steps.Select(step => step with { Surface = step.Surface ?? surface })];

    public static Windows ReadWindows(Fields fields) => new()
    {
        TimeZone = fields.RequiredText("timeZone"),
        Allow = fields.List("allow", ReadRule),
        Deny = fields.List("deny", ReadRule),
        Holidays = fields.Text("holidays"),
    };

    public static RollbackPlan ReadRollback(Fields fields) => new()
    {
        To = ReadTarget(fields.Given("to")),
        Before = StepReader.Read(fields, "before", "rollback-before-"),
        Steps = StepReader.Read(fields, "steps", "rollback-"),
        Verify = StepReader.Read(fields, "verify", "rollback-verify-"),
        Objective = fields.Duration("objective"),
        Surface = fields.Text("surface"),
    };

    private static WindowRule ReadRule(Fields fields, int index) => new()
    {
        Days = fields.Text("days"),
        Hours = fields.Text("hours"),
        From = fields.Text("from"),
        To = fields.Text("to"),
        Reason = fields.Text("reason"),
    };

    private static Soak ReadSoak(Fields fields) => new()
    {
        For = fields.Duration("for") ?? TimeSpan.Zero,
        Count = fields.List("count", (count, _) => new SoakCount { Metric = count.RequiredText("metric"), Increase = count.Number("increase") ?? 0 }),
        AtMost = fields.Duration("atMost"),
        OnTimeout = fields.Choice<Reaction>("onTimeout"),
        Clean = fields.Boolean("clean"),
        OnBreach = fields.OptionalChoice<SoakBreach>("onBreach"),
        Watch = fields.Boolean("watch"),
    };

    private static RollbackTarget? ReadTarget(YamlNode? node) => node switch
    {
        YamlScalar { Text: "start" } => RollbackTarget.Start,
        YamlScalar { Text: "stage-start" } => RollbackTarget.StageStart,
        YamlScalar scalar when ScalarRules.TryPercent(scalar.Text, out var percent) => new RollbackTarget { Kind = RollbackTargetKind.Percent, Percent = percent },
        YamlMapping mapping when mapping.Find("stage") is YamlScalar stage => new RollbackTarget { Kind = RollbackTargetKind.Stage, Stage = stage.Text },
        _ => null,
    };
}
