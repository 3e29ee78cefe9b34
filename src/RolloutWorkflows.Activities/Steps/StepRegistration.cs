using System.Reflection;
using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

/// <summary>A step kind with the record that configures it and the activity that carries it out.</summary>
internal sealed record StepRegistration(StepKind Kind, Type Configuration, Type Activity)
{
    /// <summary>Finds all kinds of an assembly, ordered by name.</summary>
    public static IReadOnlyList<StepRegistration> Scan(Assembly assembly)
    {
        var types = assembly.GetTypes();
        var activities = types.Where(type => !type.IsAbstract)
            .Select(type => (type, configuration: ConfigurationOf(type)))
            .Where(pair => pair.configuration is not null)
            .ToDictionary(pair => pair.configuration!, pair => pair.type);
        return [.. types
            .Select(type => (type, attribute: type.GetCustomAttribute<StepKindAttribute>()))
            .Where(pair => pair.attribute is not null)
            .Select(pair => new StepRegistration(ToKind(pair.type, pair.attribute!), pair.type, activities[pair.type]))
            .OrderBy(registration => registration.Kind.Name, StringComparer.Ordinal)];
    }

    private static StepKind ToKind(Type configuration, StepKindAttribute attribute) => new()
    {
        Name = attribute.Name,
        Summary = attribute.Summary,
        Role = attribute.Role,
        Effect = attribute.Effect,
        Target = attribute.Target,
        Example = attribute.Example,
        HasSideEffects = attribute.HasSideEffects,
        Parameters = [.. StepKey.Of(configuration).Select(key => key.Parameter)],
        Outputs = configuration.GetCustomAttributes<StepOutputAttribute>().ToDictionary(output => output.Name, output => output.Description),
    };

    private static Type? ConfigurationOf(Type type) =>
        type.GetInterfaces().FirstOrDefault(contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IStepActivity<>))?.GetGenericArguments()[0];
}
