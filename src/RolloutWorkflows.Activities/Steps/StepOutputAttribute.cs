namespace RolloutWorkflows.Activities;

/// <summary>Declares an output of a step kind: what later steps read as <c>steps.ID.outputs.NAME</c>.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
internal sealed class StepOutputAttribute(string name, string description) : Attribute
{
    public string Name { get; } = name;

    public string Description { get; } = description;
}
