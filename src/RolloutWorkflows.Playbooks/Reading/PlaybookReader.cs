using RolloutWorkflows.Playbooks.Grammar;
using RolloutWorkflows.Playbooks.Steps;
using RolloutWorkflows.Playbooks.Yaml;

namespace RolloutWorkflows.Playbooks.Reading;

/// <summary>Turns a document into the model. Never fails: what does not fit was reported and reads as absent.</summary>
internal static class PlaybookReader
{
    public static Playbook Read(YamlNode root, IStepCatalog catalog)
    {
        var document = new Fields(root, PlaybookShapes.Playbook, catalog);
        var metadata = new Fields(document.Given("metadata"), PlaybookShapes.Metadata, catalog);
        var spec = new Fields(document.Given("spec"), PlaybookShapes.Spec, catalog);
        return RoleResolution.Of(catalog, new Playbook
        {
            Name = metadata.RequiredText("name"),
            Title = metadata.Text("title"),
            Inputs = spec.Map("inputs", ReadInput),
            Owner = spec.Text("owner"),
            Roles = spec.Map("roles", ApprovalReader.ReadRole),
            Channels = spec.Object("channels", ReadChannels) ?? new Channels(),
            Metrics = spec.Map("metrics", metric => GuardrailReader.ReadMetric(metric, metadata.RequiredText("name"))),
            Guardrails = spec.List("guardrails", GuardrailReader.Read),
            Preflight = StepReader.Read(spec, "preflight", "preflight-"),
            Promotion = StepReader.Read(spec, "promotion", "promotion-"),
            Rollback = spec.Object("rollback", StageReader.ReadRollback),
            Windows = spec.Object("windows", StageReader.ReadWindows),
            Surfaces = spec.Texts("surfaces"),
            Overrides = spec.Texts("overrides"),
            ReleaseIssue = spec.Object("releaseIssue", issue => new ReleaseIssuePolicy { DocumentBeforeProceeding = issue.Boolean("documentBeforeProceeding") }) ?? new ReleaseIssuePolicy(),
            People = spec.Object("people", ApprovalReader.ReadPeople),
            Stages = spec.List("stages", StageReader.Read),
            Watch = new Fields(spec.Given("watch"), PlaybookShapes.Watch, catalog).Duration("for"),
            Finally = StepReader.Read(spec, "finally", "finally-"),
        });
    }

    private static InputDefinition ReadInput(Fields fields) => new()
    {
        Type = fields.Choice<InputType>("type"),
        Description = fields.Text("description"),
        Default = fields.Json("default"),
        Items = fields.OptionalChoice<InputType>("items"),
        MinItems = fields.Integer("minItems"),
        MaxItems = fields.Integer("maxItems"),
        Values = fields.Texts("values"),
        Pattern = fields.Text("pattern"),
        Minimum = fields.Number("minimum"),
        Maximum = fields.Number("maximum"),
    };

    private static Channels ReadChannels(Fields fields) => new()
    {
        ReleaseIssue = fields.Object("releaseIssue", issue => new ReleaseIssueChannel
        {
            Repository = issue.RequiredText("repository"),
            Number = issue.Text("number"),
            Labels = issue.Texts("labels"),
        }),
        Deployment = fields.Object("deployment", deployment => new DeploymentChannel
        {
            Repository = deployment.RequiredText("repository"),
            Environment = deployment.RequiredText("environment"),
            Ref = deployment.RequiredText("ref"),
        }),
        Slack = fields.Object("slack", slack => new SlackChannel { Channel = slack.RequiredText("channel") }),
        Audiences = fields.OtherEntries(audience => new Audience { Slack = audience.Text("slack"), Webhook = audience.Text("webhook") }),
    };
}
