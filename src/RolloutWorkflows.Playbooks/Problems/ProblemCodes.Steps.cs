namespace RolloutWorkflows.Playbooks;

/// <summary>RW1050 to RW1069: steps and guardrails.</summary>
public static partial class ProblemCodes
{
    public static readonly ProblemCode CheckExpected = new(
        "RW1050", "Check expected", "Only checks, which ask and do not act, can stand in preflight, ready, criteria, verify and guardrails.", "Move the action to 'steps', or use a check.");

    public static readonly ProblemCode ParameterMissing = new(
        "RW1051", "Configuration incomplete", "The kind needs a key that 'with' does not have.", "Add the key; 'rollout steps KIND' explains it.");

    public static readonly ProblemCode UndoMissing = new(
        "RW1052", "No way back stated", "The kind's effect has no built-in inverse, so a rollback would not know what to do.", "Add 'undo: { uses, with }', or say 'irreversible: true'.");

    public static readonly ProblemCode NothingToUndo = new(
        "RW1053", "Nothing to take back", "undo, irreversible and rollbackTo speak of an effect, and this step has none that a rollback would take back.", "Remove the key.");

    public static readonly ProblemCode ForEachOnAction = new(
        "RW1054", "forEach on an action", "Only checks can be repeated over a list: each effect needs a step of its own, to be journaled and taken back alone.", "Write one step per effect.");

    public static readonly ProblemCode DuplicateStepId = new(
        "RW1055", "Step id stands twice", "Ids are unique in a stage, the preflight included.", "Rename one of the two.");

    public static readonly ProblemCode NobodyAsked = new(
        "RW1056", "A question where nobody waits", "Nothing on the way back or at the end waits for people, and a guardrail is looked at on a grid, so a question there would never be answered.", "Ask in 'ready' or 'criteria', or before the stage is tried again: 'retry: { approval }'.");

    public static readonly ProblemCode ForEachNoList = new(
        "RW1057", "forEach over no list", "forEach takes a list, or an expression that is one.", "Use an input of type list, or write the list out.");

    public static readonly ProblemCode InputTypeMismatch = new(
        "RW1058", "Input of another type", "An expression that is the whole value keeps its type, and the key takes another one; the step would fail in the middle of a rollout.", "Change the input's type, or write text around the expression where text is wanted.");

    public static readonly ProblemCode SignoffPassedOver = new(
        "RW1059", "Sign-off that would be passed over", "A missing sign-off is never ignored, so going on after one that failed is no choice that a playbook has.", "Remove continueOnError, or ask with manual/confirm.");

    public static readonly ProblemCode ConditionMissing = new(
        "RW1060", "No condition", "A measurement without a condition can neither pass nor fail.", "Add successCondition, failureCondition or warningCondition.");

    public static readonly ProblemCode DuplicateGuardrail = new(
        "RW1061", "Guardrail stands twice", "Guardrails have one name each in the whole run; without 'name' it is the metric's or the check's.", "Give one of them a name of its own.");

    public static readonly ProblemCode SideEffectInterval = new(
        "RW1062", "Interval too short for a check with side effects", "The check changes the world to find out, so it must not run every minute by accident.", "State an interval of at least 5m.");

    public static readonly ProblemCode SamplesMissing = new(
        "RW1063", "Samples are not measured", "minSampleSize compares with the number of samples, and the metric does not say where it comes from.", "Add samples or samplesQuery to the metric.");

    public static readonly ProblemCode PercentMeetsNumber = new(
        "RW1064", "A percentage meets a plain number", "5% is 0.05; next to a plain number such as 5 one of the two is probably meant in the other's unit.", "Write both as percentages, or both as plain numbers.", ProblemSeverity.Warning);

    public static readonly ProblemCode BaselineMissing = new(
        "RW1065", "Baseline is not stated", "A condition compares with baseline, and nothing says what that is, so it could never be decided.", "Add baseline: { capture: NAME } or { metric: NAME }.");

    public static readonly ProblemCode BaselineUnused = new(
        "RW1066", "Baseline is not used", "A baseline is stated and no condition compares with it.", "Use it in a condition, or remove it.", ProblemSeverity.Warning);

    public static readonly ProblemCode UndoByCheck = new(
        "RW1068", "Undo by a check", "A check only looks, or asks people, so the effect would stand after the rollback.", "Undo with an action, or say 'irreversible: true'.");

    public static readonly ProblemCode ConditionOnCheck = new(
        "RW1067", "A check needs no condition", "A check gives its own verdict; conditions, baseline and minSampleSize belong to a metric.", "Remove them, or put them into the check's 'with'.");
}
