namespace RolloutWorkflows.Playbooks;

/// <summary>RW1030 to RW1049: references and expressions.</summary>
public static partial class ProblemCodes
{
    public static readonly ProblemCode UnknownStepKind = new(
        "RW1030", "Unknown step kind", "No step kind has that name.", "Use one that 'rollout steps' lists.");

    public static readonly ProblemCode UnknownMetric = new(
        "RW1031", "Unknown metric", "The name is not among the playbook's metrics.", "Declare it under spec.metrics, or use one that is.");

    public static readonly ProblemCode UnknownChannel = new(
        "RW1032", "Unknown audience", "The name is not among the audiences of the playbook's channels.", "Declare it under spec.channels, or use one that is.");

    public static readonly ProblemCode UnknownGroup = new(
        "RW1033", "Unknown group", "The playbook states its people, and this group is not among them.", "Add the group under spec.people.groups, or leave spec.people out where the host knows the people.");

    public static readonly ProblemCode UnknownPerson = new(
        "RW1034", "Unknown person", "The playbook states its people, and this person is not among them.", "Add the person under spec.people.persons, or leave spec.people out where the host knows the people.");

    public static readonly ProblemCode UnknownSurface = new(
        "RW1035", "Unknown surface", "The surface is not among the playbook's surfaces.", "Add it to spec.surfaces, or use one that is there.");

    public static readonly ProblemCode OtherSurface = new(
        "RW1039", "Another surface in a stage of one", "The stage moves one surface, and what stands in it names another.", "Move it to a stage of that surface, or to one without a surface; without 'surface' it concerns the stage's own.");

    public static readonly ProblemCode UnknownStage = new(
        "RW1036", "Unknown stage", "No stage has that name.", "Use the name of a stage of this playbook.");

    public static readonly ProblemCode UnknownCapture = new(
        "RW1037", "Unknown capture", "No metric/capture stores a baseline under that name.", "Add a metric/capture step with 'as', or name one that is there.");

    public static readonly ProblemCode UnknownAddressee = new(
        "RW1038", "Nobody of that name", "The name is neither a person, nor a group, nor an audience that the playbook states.", "Use a name from spec.people or spec.channels.");

    public static readonly ProblemCode InvalidExpression = new(
        "RW1040", "Expression cannot be read", "What stands between ${{ and }} is no reference.", "Write inputs.NAME, steps.ID.outputs.NAME, run.NAME, item or secrets.NAME.");

    public static readonly ProblemCode ExpressionNotAllowed = new(
        "RW1041", "No expression here", "What this value says must be known when the playbook is reviewed, not when it runs: kinds, people, conditions, queries and names.", "Write the value out; expressions stand in 'with', in texts and in windows.");

    public static readonly ProblemCode UnknownInput = new(
        "RW1042", "Unknown input", "The expression refers to an input that the playbook does not declare.", "Declare it under spec.inputs, or use one that is.");

    public static readonly ProblemCode UnknownOutputStep = new(
        "RW1043", "Step has no outputs here", "The expression refers to a step that has not run when it is needed: outputs come from earlier steps of the same stage and from stages promoted before.", "Give the step an id, and refer to it from where it has run.");

    public static readonly ProblemCode UnknownOutput = new(
        "RW1044", "Unknown output", "The step's kind has no output of that name.", "Use one that 'rollout steps' lists for the kind.");

    public static readonly ProblemCode UnknownRunValue = new(
        "RW1045", "Unknown run value", "The run has no value of that name.", "Use one of the names that the message lists.");

    public static readonly ProblemCode SecretNotAllowed = new(
        "RW1046", "No secret here", "Secrets are resolved only inside the activity that sends them, and only in headers and in the environment of commands.", "Move the secret to a header or to the environment.");

    public static readonly ProblemCode ItemWithoutForEach = new(
        "RW1047", "'item' without forEach", "'item' is the current entry of a check's forEach, and this step has none.", "Add forEach, or write the value out.");

    public static readonly ProblemCode ExpressionInHost = new(
        "RW1048", "Expression in an address's host", "Whoever starts a run must not choose which host is called.", "Write the host out, or let a single input with a 'pattern' or of type enum stand for scheme, host and port.");

    public static readonly ProblemCode NotYetKnown = new(
        "RW1049", "Value not known here", "Windows and the release issue are settled when the run starts, before any step has run; run.state is known in a rollback and in finally, run.cause in a rollback.", "Use inputs.NAME or run.id there, or move the text to where the value is known.");
}
