using RolloutWorkflows.Playbooks.Grammar;
using RolloutWorkflows.Playbooks.Yaml;

namespace RolloutWorkflows.Playbooks.Reading;

/// <summary>Reads approvals, roles and people.</summary>
internal static class ApprovalReader
{
    /// <summary>The stage's <c>approval</c>, or its <c>approvals</c>.</summary>
    public static IReadOnlyList<Approval> ReadAll(Fields stage) =>
        stage.Object("approval", fields => Read(fields, "approval")) is { } only
            ? [only]
            : stage.List("approvals", (fields, index) => Read(fields, $"approval-{index + 1}"));

    public static Approval Read(Fields fields, string derivedName)
    {
        var approval = new Approval
        {
            Name = fields.Text("name") ?? derivedName,
            When = fields.Choice<ApprovalTiming>("when"),
            Approvers = fields.List("approvers", (approver, _) => ReadApprover(approver)),
            MinApprovals = ScalarRules.TryThreshold(fields.RequiredText("minApprovals"), out var threshold) ? threshold : ApprovalThreshold.One,
            PreventSelfApproval = fields.Boolean("preventSelfApproval"),
            Timeout = fields.Duration("timeout"),
            OnTimeout = fields.Choice<ApprovalFallback>("onTimeout"),
            EscalateTo = fields.Texts("escalateTo"),
            OnReject = fields.Choice<ApprovalFallback>("onReject"),
            ValidFor = fields.Duration("validFor") ?? default,
        };
        return fields.Has("bindTo") ? approval with { BindTo = fields.Choices<ApprovalBinding>("bindTo") } : approval;
    }

    public static Role ReadRole(Fields fields) => new()
    {
        Group = fields.Text("group"),
        Person = fields.Text("person"),
        Description = fields.Text("description"),
        Owns = fields.Texts("owns"),
    };

    public static People ReadPeople(Fields fields) => new()
    {
        Persons = fields.Map("persons", person => new Person
        {
            Name = person.Text("name"),
            GitHub = person.LongInteger("github"),
            Slack = person.Text("slack"),
        }),
        Groups = fields.Given("groups") is YamlMapping groups
            ? groups.Entries.ToDictionary(entry => entry.Name, entry => ReadNames(entry.Value))
            : new Dictionary<string, IReadOnlyList<string>>(),
    };

    private static Approver ReadApprover(Fields fields) => new()
    {
        Group = fields.Text("group"),
        Person = fields.Text("person"),
        Role = fields.Text("role"),
        Required = fields.Boolean("required"),
    };

    private static IReadOnlyList<string> ReadNames(YamlNode node) =>
        node is YamlSequence sequence ? [.. sequence.Items.OfType<YamlScalar>().Select(scalar => scalar.Text)] : [];
}
