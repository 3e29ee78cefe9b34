namespace RolloutWorkflows.Playbooks.Grammar;

/// <summary>Approvals, roles and people.</summary>
internal static class ApprovalShapes
{
    public static readonly Shape Approver = new(
        "an approver",
        "Who may answer.",
        new Key("group", Forms.Name, "A group."),
        new Key("person", Forms.Name, "A person."),
        new Key("role", Forms.Name, "A role: whoever fills it."),
        new Key("required", Forms.Boolean, "The person, or at least one of the group, must be among those who approve.") { Default = "false" })
    {
        ExactlyOne = [["group", "person", "role"]],
    };

    public static readonly Shape Approval = new(
        "an approval",
        "A question to people.",
        new Key("name", Forms.Name, "Unique in its stage; default its position."),
        new Key("when", Forms.Choice("before", "after"), "Asked before the steps, or after the evidence exists.") { Default = "after" },
        new Key("approvers", Forms.List(Approver, 1), "Who may answer.") { Required = true },
        new Key("minApprovals", Forms.Threshold, "How many must agree: a count, 'all', or a fraction such as 2/3 of the electorate, rounded up.") { Default = "1" },
        new Key("preventSelfApproval", Forms.Boolean, "Whoever started the run has no vote.") { Default = "true" },
        new Key("timeout", Forms.Duration, "How long the question stays open; default for ever."),
        new Key("onTimeout", Forms.Choice("hold", "reject", "rollback"), "What silence leads to.") { Default = "hold" },
        new Key("escalateTo", Forms.Names, "Persons, groups and channels that are told when nine tenths of the timeout have passed; default the playbook's owner."),
        new Key("onReject", Forms.Choice("hold", "rollback"), "What a no leads to.") { Default = "hold" },
        new Key("validFor", Forms.Duration, "How long a given approval stays good.") { Default = "7d" },
        new Key("bindTo", new ListForm(Forms.Choice("playbook", "inputs", "effects", "evidence")) { MinItems = 1 }, "When one of these changes, the approval is void and asked again.") { Default = "[playbook, inputs, effects]" });

    public static readonly Shape StageRetry = new(
        "a stage's retry",
        "What trying the stage again after its rollback needs.",
        new Key("approval", Forms.Object(Approval), "Asked before the stage is tried again.") { Required = true });

    public static readonly Shape Role = new(
        "a role",
        "Who fills a role in the rollout, and what the role owns.",
        new Key("group", Forms.Name, "A group."),
        new Key("person", Forms.Name, "A person."),
        new Key("description", Forms.Text, "One sentence for people."),
        new Key("owns", Forms.Texts, "What the role answers for: rollback and incidents, of which a run tells it; the names of stages, checks, approvals and guardrails, which it then owns as gates; and anything else that people should know."))
    {
        ExactlyOne = [["group", "person"]],
    };

    public static readonly Shape Person = new(
        "a person",
        "One person's identities.",
        new Key("name", Forms.Text, "The name to show."),
        new Key("github", Forms.LongInteger(1), "GitHub's numeric user id."),
        new Key("slack", Forms.Text, "Slack's TEAM/USER ids."));

    public static readonly Shape People = new(
        "the people",
        "People and groups stated in the playbook; believed only where the host allows it.",
        new Key("persons", Forms.Map(Person), "Persons by name."),
        new Key("groups", new MapForm(Forms.Names, ScalarKind.Name), "Groups and the persons in them."));
}
