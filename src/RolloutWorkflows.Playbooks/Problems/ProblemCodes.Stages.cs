namespace RolloutWorkflows.Playbooks;

/// <summary>RW1026, RW1070 to RW1109: stages, soaks, approvals, windows and rollbacks.</summary>
public static partial class ProblemCodes
{
    public static readonly ProblemCode DurationTooShort = new(
        "RW1026", "Duration too short", "The duration is zero, or shorter than the key can mean.", "Choose a longer one.");

    public static readonly ProblemCode DuplicateStage = new(
        "RW1070", "Stage stands twice", "Stages have one name each.", "Rename one of the two.");

    public static readonly ProblemCode NeedsCycle = new(
        "RW1071", "Stages wait for each other", "Following 'needs' leads back to the same stage, so none of them could start.", "Remove one of the needs.");

    public static readonly ProblemCode AtMostTooShort = new(
        "RW1072", "atMost is shorter than for", "The soak would time out before it can pass.", "Raise atMost, or lower for.");

    public static readonly ProblemCode EmptySoak = new(
        "RW1073", "Soak without a measure", "A soak without 'for' and 'count' is over at once.", "Add 'for', 'count' or both, or remove the soak.");

    public static readonly ProblemCode AtMostMissing = new(
        "RW1074", "atMost is missing", "atMost defaults to twice 'for', and this soak only counts.", "State atMost.");

    public static readonly ProblemCode DuplicateMilestone = new(
        "RW1075", "Milestone stands twice", "Each milestone is reached once.", "Give each its own id.");

    public static readonly ProblemCode IdleStage = new(
        "RW1076", "Stage does nothing", "The stage has no steps, checks, soak or approval.", "Add what it should do, or remove it.", ProblemSeverity.Warning);

    public static readonly ProblemCode DuplicateItem = new(
        "RW1077", "Item stands twice", "The list names the same thing twice.", "Remove one of the two.");

    public static readonly ProblemCode NeedsOnlyEarlier = new(
        "RW1078", "Stage waits for itself", "A stage cannot need itself.", "Remove it from needs.");

    public static readonly ProblemCode UnreachableThreshold = new(
        "RW1080", "Approvals cannot be reached", "More approvals are needed than there are people to give them.", "Lower minApprovals, or name more approvers.");

    public static readonly ProblemCode ThresholdNeedsStarter = new(
        "RW1081", "No approval left if an approver starts the run", "Whoever starts the run has no vote; if an approver does, the others are too few.", "Name one more approver, lower minApprovals, or let somebody else start.", ProblemSeverity.Warning);

    public static readonly ProblemCode DuplicateApproval = new(
        "RW1082", "Approval stands twice", "Approvals have one name each in a stage.", "Rename one of the two.");

    public static readonly ProblemCode TimeoutMissing = new(
        "RW1083", "onTimeout or escalateTo without timeout", "Without a timeout the question stays open for ever, and what follows its end never happens.", "Add a timeout, or remove the key.", ProblemSeverity.Warning);

    public static readonly ProblemCode UnknownTimeZone = new(
        "RW1090", "Unknown time zone", "The name is no IANA time zone that this machine knows.", "Use a name such as Europe/Berlin or UTC.");

    public static readonly ProblemCode InvalidDays = new(
        "RW1091", "Not days of the week", "Days are mon, tue, wed, thu, fri, sat and sun, as a range, a list or both.", "Write mon-thu, or sat,sun.");

    public static readonly ProblemCode InvalidHours = new(
        "RW1092", "Not hours of the day", "Hours are two different times of day with a hyphen between them.", "Write 09:00-16:00; 22:00-04:00 ends on the next day.");

    public static readonly ProblemCode InvalidDate = new(
        "RW1093", "Not a date or moment", "The value is no date, local time, or time with an offset.", "Write 2026-12-20, 2026-12-20T09:00 or 2026-12-20T09:00:00+01:00.");

    public static readonly ProblemCode EmptyWindow = new(
        "RW1094", "Window without a span", "A window without days, hours, from and to is always.", "State when it is, or remove it.");

    public static readonly ProblemCode WindowEndsBeforeStart = new(
        "RW1095", "Window ends before it starts", "'to' is earlier than 'from'.", "Swap the two.");

    public static readonly ProblemCode RollbackToMissing = new(
        "RW1100", "Say how far a rollback goes", "Another stage writes the same target, so going back to the start of this stage and going back to the start of the run differ.", "State rollback.to on the stage or for the whole playbook.");

    public static readonly ProblemCode RollbackPercentWithoutFlag = new(
        "RW1101", "Rollback to a percentage that means nothing", "A percentage can be fallen back to only where the stage sets one percentage flag, and only to a lower value.", "Use stage-start, start or { stage: NAME }.");

    public static readonly ProblemCode RollbackToLaterStage = new(
        "RW1102", "Rollback to a stage that comes later", "Only a stage that is promoted before this one can be gone back to.", "Name an earlier stage.");
}
