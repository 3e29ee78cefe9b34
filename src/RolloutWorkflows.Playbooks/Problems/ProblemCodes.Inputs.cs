namespace RolloutWorkflows.Playbooks;

/// <summary>RW1200 to RW1219: the inputs of a run.</summary>
public static partial class ProblemCodes
{
    public static readonly ProblemCode UnknownInputGiven = new(
        "RW1200", "Unknown input", "The run was given an input that the playbook does not declare.", "Use one of the inputs that the message lists.");

    public static readonly ProblemCode InputMissing = new(
        "RW1201", "Input is missing", "The playbook declares an input without a default, and the run was given none.", "Give the input.");

    public static readonly ProblemCode InvalidInput = new(
        "RW1202", "Input not accepted", "The value is of another type, out of range, or not one of the values that the playbook allows.", "Give a value as the message says.");
}
