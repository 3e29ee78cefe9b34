namespace RolloutWorkflows.Playbooks;

/// <summary>RW1110 to RW1129: channels, people, roles and declared inputs.</summary>
public static partial class ProblemCodes
{
    public static readonly ProblemCode ReleaseIssueMissing = new(
        "RW1110", "No release issue to document in", "documentBeforeProceeding waits for a write to the release issue, and the playbook has no such channel.", "Add spec.channels.releaseIssue, or remove documentBeforeProceeding.");

    public static readonly ProblemCode InvalidRepository = new(
        "RW1111", "Not a repository", "Repositories are written owner/name.", "Write owner/name.");

    public static readonly ProblemCode InvalidSlackId = new(
        "RW1112", "Not a Slack id", "Slack channels and people are named by id, because names can be taken over.", "Copy the id from Slack: C0ROLLOUT for a channel, T0TEAM/U0USER for a person.");

    public static readonly ProblemCode SharedIdentity = new(
        "RW1113", "One identity, two persons", "A person votes once, whichever way they answer, so an account belongs to one person.", "Leave the account with the person whose it is.");

    public static readonly ProblemCode UnknownRole = new(
        "RW1114", "Unknown role", "The name is not among the playbook's roles.", "Declare it under spec.roles, or use one that is.");

    public static readonly ProblemCode InvalidDefault = new(
        "RW1120", "Default not accepted by its own input", "The default does not fit the input's type or limits.", "Mend the default, or the limits.");

    public static readonly ProblemCode KeyNotForType = new(
        "RW1121", "Key does not fit the input's type", "items, minItems and maxItems are for lists, values for enums, pattern for strings, minimum and maximum for numbers.", "Remove the key, or change the type.");

    public static readonly ProblemCode EnumWithoutValues = new(
        "RW1122", "Enum without values", "An enum lists the values that it allows.", "Add values.");

    public static readonly ProblemCode BoundsCrossed = new(
        "RW1123", "Limits exclude every value", "The lower limit is above the upper one.", "Swap the two.");

    public static readonly ProblemCode UnusedInput = new(
        "RW1124", "Input is not used", "No expression refers to the input.", "Use it, or remove it.", ProblemSeverity.Warning);
}
