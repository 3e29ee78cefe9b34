namespace RolloutWorkflows.Playbooks.Grammar;

/// <summary>The document itself.</summary>
internal static class PlaybookShapes
{
    private static readonly string[] InputTypes = ["string", "number", "boolean", "duration", "list", "enum"];

    public static readonly Shape Input = new(
        "an input",
        "A value that a run takes when it starts.",
        new Key("type", Forms.Choice(InputTypes), "The type.") { Required = true },
        new Key("description", Forms.Text, "One sentence for whoever starts a run."),
        new Key("default", Forms.Any, "The value where none is given; without it the input must be given."),
        new Key("items", Forms.Choice("string", "number", "boolean", "duration"), "For lists: the type of each item; default string."),
        new Key("minItems", Forms.Integer(0), "For lists: the fewest items."),
        new Key("maxItems", Forms.Integer(1), "For lists: the most items."),
        new Key("values", new ListForm(Forms.Text) { MinItems = 1 }, "For enums: the values allowed."),
        new Key("pattern", new ScalarForm(ScalarKind.Pattern), "For strings: a regular expression that the whole value must match."),
        new Key("minimum", Forms.Number, "For numbers: the least."),
        new Key("maximum", Forms.Number, "For numbers: the most."));

    public static readonly Shape Audience = new(
        "an audience",
        "Who hears announcements.",
        new Key("slack", Forms.Text, "A Slack channel id."),
        new Key("webhook", Forms.Name, "A webhook that the host's configuration names."))
    {
        ExactlyOne = [["slack", "webhook"]],
    };

    public static readonly Shape ReleaseIssueChannel = new(
        "the release issue's channel",
        "The GitHub issue that shows the run.",
        new Key("repository", Forms.Text, "owner/name.") { Required = true },
        new Key("number", Forms.TextWithExpressions, "An existing issue; default one is created."),
        new Key("labels", Forms.Texts, "Labels of the issue that is created."));

    public static readonly Shape SlackChannel = new(
        "the Slack channel",
        "Where the run's thread lives.",
        new Key("channel", Forms.Text, "The channel's id.") { Required = true });

    public static readonly Shape DeploymentChannel = new(
        "the deployment",
        "The GitHub deployment that shows the run, with a status for each stage.",
        new Key("repository", Forms.Text, "owner/name.") { Required = true },
        new Key("environment", Forms.TextWithExpressions, "The environment, such as production.") { Required = true },
        new Key("ref", Forms.TextWithExpressions, "The branch, tag or commit that is rolled out.") { Required = true });

    public static readonly Shape Channels = new(
        "the channels",
        "Where a run is shown and who hears of it. Any other key names an audience for announcements.",
        new Key("releaseIssue", Forms.Object(ReleaseIssueChannel), "The GitHub release issue."),
        new Key("slack", Forms.Object(SlackChannel), "The run's own Slack thread."),
        new Key("deployment", Forms.Object(DeploymentChannel), "The GitHub deployment that shows the run."))
    {
        Others = Forms.Object(Audience),
    };

    public static readonly Shape ReleaseIssue = new(
        "the release issue",
        "How strictly the release issue is kept.",
        new Key("documentBeforeProceeding", Forms.Boolean, "After the checks, wait until their results stand in the issue.") { Default = "false" });

    public static readonly Shape Watch = new(
        "the watch",
        "Guarding after the last promotion.",
        new Key("for", Forms.Duration, "How long the guardrails go on before the run succeeds.") { Required = true });

    public static readonly Shape Metadata = new(
        "the metadata",
        "The playbook's name.",
        new Key("name", Forms.Label, "Unique in the catalog.") { Required = true },
        new Key("title", Forms.Text, "One line for people; default the name."));

    public static readonly Shape Spec = new(
        "the spec",
        "What the rollout does.",
        new Key("inputs", Forms.Map(Input, ScalarKind.Identifier), "What a run takes when it starts."),
        new Key("owner", Forms.Name, "The person or group that answers for the run."),
        new Key("roles", Forms.Map(ApprovalShapes.Role), "Roles and who fills them."),
        new Key("channels", Forms.Object(Channels), "Where a run is shown and who hears of it."),
        new Key("metrics", Forms.Map(GuardrailShapes.Metric), "What can be measured."),
        new Key("guardrails", Forms.List(GuardrailShapes.Guardrail), "Guardrails from the run's first effect until its end."),
        new Key("preflight", Forms.List(StepShapes.Step), "Checks before every stage."),
        new Key("promotion", Forms.List(StepShapes.Step), "Steps at every stage's promotion, once everything that it waits for is green: checkpoints, announcements, checks. Nothing that a rollback would have to take back."),
        new Key("rollback", Forms.Object(StageShapes.Rollback), "The way back of every stage, as far as the stage states none of its own."),
        new Key("windows", Forms.Object(StageShapes.Windows), "When stages may open."),
        new Key("surfaces", Forms.Labels, "Parts of the product that move and roll back alone."),
        new Key("overrides", Forms.Names, "Groups that may promote, ignore and override beside admins."),
        new Key("releaseIssue", Forms.Object(ReleaseIssue), "How strictly the release issue is kept."),
        new Key("people", Forms.Object(ApprovalShapes.People), "People and groups; believed only where the host allows it."),
        new Key("stages", Forms.List(StageShapes.Stage, 1), "The stages, in order.") { Required = true },
        new Key("watch", Forms.Object(Watch), "Guarding after the last promotion."),
        new Key("finally", Forms.List(StepShapes.Step), "Steps that run once, at whatever end."));

    public static readonly Shape Playbook = new(
        "a playbook",
        "A staged rollout that RolloutWorkflows carries out.",
        new Key("apiVersion", Forms.Choice(Playbooks.Playbook.CurrentApiVersion), "The language's version.") { Required = true },
        new Key("kind", Forms.Choice("Playbook"), "Always Playbook.") { Required = true },
        new Key("metadata", Forms.Object(Metadata), "The playbook's name.") { Required = true },
        new Key("spec", Forms.Object(Spec), "What the rollout does.") { Required = true });
}
