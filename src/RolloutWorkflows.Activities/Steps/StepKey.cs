using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using RolloutWorkflows.Playbooks;
using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

/// <summary>One key of a configuration record: the property, and what a playbook may write for it.</summary>
internal sealed record StepKey(PropertyInfo Property, StepParameter Parameter)
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<StepKey>> Cache = new();

    /// <summary>The keys of a record, in the order in which its properties are written.</summary>
    public static IReadOnlyList<StepKey> Of(Type configuration) => Cache.GetOrAdd(configuration, static type => Read(type));

    private static List<StepKey> Read(Type configuration)
    {
        var fresh = Activator.CreateInstance(configuration)!;
        return [.. configuration.GetProperties()
            .Select(property => (property, key: property.GetCustomAttribute<WithKeyAttribute>()))
            .Where(pair => pair.key is not null)
            .OrderBy(pair => pair.property.MetadataToken)
            .Select(pair => new StepKey(pair.property, ToParameter(pair.property, pair.key!, fresh)))];
    }

    private static StepParameter ToParameter(PropertyInfo property, WithKeyAttribute key, object fresh)
    {
        var type = key.Type ?? TypeOf(property);
        var required = property.GetCustomAttribute<RequiredMemberAttribute>() is not null;
        return new StepParameter
        {
            Name = JsonNamingPolicy.CamelCase.ConvertName(property.Name),
            Type = type,
            Description = key.Description,
            Required = required,
            Default = required ? null : DefaultOf(property.GetValue(fresh)),
            Values = key.Values,
            Minimum = double.IsNaN(key.Minimum) ? null : key.Minimum,
            Maximum = double.IsNaN(key.Maximum) ? null : key.Maximum,
            AllowsExpressions = type is not (StepParameterType.Condition or StepParameterType.ApproverList or StepParameterType.Baseline or StepParameterType.MetricName or StepParameterType.MetricNameList or StepParameterType.AddresseeList),
        };
    }

    private static JsonElement? DefaultOf(object? value) => value switch
    {
        null => null,
        TimeSpan duration => JsonSerializer.SerializeToElement(PlaybookDuration.Format(duration)),
        string or bool or int or double => JsonSerializer.SerializeToElement(value),
        // An empty list or map is what an absent key means anyway.
        _ => null,
    };

    private static StepParameterType TypeOf(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return Types.TryGetValue(type, out var found)
            ? found
            : throw new InvalidOperationException($"{property.DeclaringType}.{property.Name} is a {type}, which no key of a step can be; use one of: {string.Join(", ", Types.Keys.Select(key => key.Name))}.");
    }

    private static readonly Dictionary<Type, StepParameterType> Types = new()
    {
        [typeof(string)] = StepParameterType.String,
        [typeof(double)] = StepParameterType.Number,
        [typeof(int)] = StepParameterType.Integer,
        [typeof(bool)] = StepParameterType.Boolean,
        [typeof(TimeSpan)] = StepParameterType.Duration,
        [typeof(Uri)] = StepParameterType.Url,
        [typeof(IReadOnlyList<string>)] = StepParameterType.StringList,
        [typeof(Baseline)] = StepParameterType.Baseline,
        [typeof(IReadOnlyList<Approver>)] = StepParameterType.ApproverList,
        [typeof(IReadOnlyDictionary<string, string>)] = StepParameterType.StringMap,
        [typeof(JsonElement)] = StepParameterType.Any,
    };
}
