using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Declares a step kind on its configuration record. Everything that is known of a kind follows from the record: its
/// parameters from the properties that carry a <see cref="WithKeyAttribute"/>, its outputs from
/// <see cref="StepOutputAttribute"/>, and whether it can be carried out from an activity for the record being there.
/// </summary>
/// <param name="name"><c>family/verb</c> or one word; stored in histories, so it never changes once released.</param>
/// <param name="role">Whether it acts or asks.</param>
/// <param name="summary">One sentence for lists and the docs page.</param>
/// <param name="example">A YAML snippet that validates.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class StepKindAttribute(string name, StepRole role, string summary, string example) : Attribute
{
    public string Name { get; } = name;

    public StepRole Role { get; } = role;

    public string Summary { get; } = summary;

    public string Example { get; } = example;

    /// <summary>What the kind does to the world; default nothing.</summary>
    public StepEffect Effect { get; init; } = StepEffect.None;

    /// <summary>The keys that together name what the kind writes; none where it cannot be named.</summary>
    public string[] Target { get; init; } = [];

    /// <summary>True for a check that changes the world to find out.</summary>
    public bool HasSideEffects { get; init; }
}
