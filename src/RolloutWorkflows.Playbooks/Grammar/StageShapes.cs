namespace RolloutWorkflows.Playbooks.Grammar;

/// <summary>Stages, soaks, rollbacks and windows.</summary>
internal static class StageShapes
{
    public static readonly Shape WindowRule = new(
        "a window",
        "A recurring span (days, hours) or a one-off one (from, to).",
        new Key("days", Forms.TextWithExpressions, "Days such as mon-thu or sat,sun; default every day."),
        new Key("hours", Forms.TextWithExpressions, "Local hours such as 09:00-16:00; default the whole day."),
        new Key("from", Forms.TextWithExpressions, "First date or moment, inclusive."),
        new Key("to", Forms.TextWithExpressions, "Last date (inclusive) or moment."),
        new Key("reason", Forms.TextWithExpressions, "Why, for those who wait."));

    public static readonly Shape Windows = new(
        "the windows",
        "When a stage may open. A closed window makes it wait, never fail; deny wins.",
        new Key("timeZone", Forms.Text, "An IANA time zone such as Europe/Berlin.") { Default = "UTC" },
        new Key("allow", Forms.List(WindowRule), "Open in any of these; none: always."),
        new Key("deny", Forms.List(WindowRule), "Closed in all of these."),
        new Key("holidays", Forms.Name, "Closed on the days of the holidays of that name in the host's configuration."));

    public static readonly Shape SoakCount = new(
        "a counter",
        "A counter that the system under rollout advances.",
        new Key("metric", Forms.Name, "The metric that counts.") { Required = true },
        new Key("increase", Forms.NumberFrom(0), "By how much it must rise.") { Required = true });

    public static readonly Shape Soak = new(
        "a soak",
        "How long, and by which counters, a stage must prove itself.",
        new Key("for", Forms.Duration, "Clean time that must pass."),
        new Key("count", Forms.List(SoakCount), "Counters that must rise; all of them, and 'for', must hold."),
        new Key("atMost", Forms.Duration, "From the start of the soak until its criteria must have passed; default twice 'for'."),
        new Key("onTimeout", Forms.Choice("hold", "rollback"), "What follows when atMost passes.") { Default = "hold" },
        new Key("clean", Forms.Boolean, "Only time counts in which guardrails are green, metrics reachable and nothing drifted.") { Default = "true" },
        new Key("onBreach", Forms.Choice("reset", "extend", "hold"), "What a breach within its limits does to the clock; default reset for Failed, extend otherwise."),
        new Key("watch", Forms.Boolean, "Keep guarding without blocking the next stage.") { Default = "false" });

    public static readonly Shape RollbackStage = new(
        "a rollback to a stage",
        "The state as it was when a stage was promoted.",
        new Key("stage", Forms.Label, "The stage.") { Required = true });

    public static readonly Form RollbackTo = new EitherForm([Forms.Choice("stage-start", "start"), Forms.Percent, Forms.Object(RollbackStage)]);

    public static readonly Shape Rollback = new(
        "a rollback",
        "The way back: how far, what surrounds the compensation, and how long it may take.",
        new Key("to", RollbackTo, "stage-start, start, { stage: NAME }, or a lower percentage of the one percentage flag; default stage-start."),
        new Key("before", Forms.List(StepShapes.Step), "Quiesces first: at most 60 s, and its failure never stops the compensation."),
        new Key("steps", Forms.List(StepShapes.Step), "Recovery plays after the compensation."),
        new Key("verify", Forms.List(StepShapes.Step), "Checks that the way back worked."),
        new Key("objective", Forms.Duration, "From the breaching measurement to the last read-back, in real time."),
        new Key("surface", Forms.Label, "The one surface that is rolled back."));

    public static readonly Shape Milestone = new(
        "a milestone",
        "Reached when its stage is promoted.",
        new Key("id", Forms.Name, "A short id such as M1.") { Required = true },
        new Key("title", Forms.Text, "One line for people."));

    public static readonly Shape Stage = new(
        "a stage",
        "One stage: readiness, actions, soak, criteria, approval, promotion and its way back.",
        new Key("name", Forms.Label, "Unique in the playbook.") { Required = true },
        new Key("title", Forms.Text, "One line for people."),
        new Key("needs", new ListForm(Forms.Label) { MinItems = 1 }, "Stages that must be promoted first; default the one before it in the file."),
        new Key("milestone", Forms.Object(Milestone), "Reached when the stage is promoted."),
        new Key("surface", Forms.Label, "The one surface that the stage moves; default all."),
        new Key("windows", Forms.Object(Windows), "When the stage may open, beside the playbook's own windows."),
        new Key("ready", Forms.List(StepShapes.Step), "Checks after the common preflight and before the first step."),
        new Key("approval", Forms.Object(ApprovalShapes.Approval), "The stage's one approval."),
        new Key("approvals", Forms.List(ApprovalShapes.Approval, 1), "The stage's approvals, where there are several."),
        new Key("steps", Forms.List(StepShapes.Step), "What the stage does, in order."),
        new Key("soak", Forms.Object(Soak), "How long the stage must prove itself."),
        new Key("criteria", Forms.List(StepShapes.Step), "Checks that must all pass in one pass after the soak."),
        new Key("criteriaInterval", Forms.Duration, "How often the criteria are measured.") { Default = "5m" },
        new Key("guardrails", Forms.List(GuardrailShapes.Guardrail), "Guardrails from the stage's first effect to its promotion."),
        new Key("rollback", Forms.Object(Rollback), "The stage's way back; keys that it leaves out come from the playbook's rollback."),
        new Key("retry", Forms.Object(ApprovalShapes.StageRetry), "What trying the stage again after a rollback needs."))
    {
        AtMostOne = [["approval", "approvals"]],
    };
}
