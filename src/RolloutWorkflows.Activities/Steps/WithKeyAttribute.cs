using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Makes a property of a step's configuration record a key of <c>with</c>. The key is the property's name in camel
/// case; it is required where the property is <c>required</c>, and its default is the value of a fresh record.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WithKeyAttribute : Attribute
{
    /// <summary>A key whose type follows from the property's.</summary>
    public WithKeyAttribute(string description) => Description = description;

    /// <summary>A key of a type that the property's own does not tell, such as a percentage or a metric's name.</summary>
    public WithKeyAttribute(StepParameterType type, string description)
    {
        Type = type;
        Description = description;
    }

    public StepParameterType? Type { get; }

    public string Description { get; }

    /// <summary>For texts: the only values allowed; empty: any.</summary>
    public string[] Values { get; init; } = [];

    /// <summary>NaN: no lower bound.</summary>
    public double Minimum { get; init; } = double.NaN;

    /// <summary>NaN: no upper bound.</summary>
    public double Maximum { get; init; } = double.NaN;
}
