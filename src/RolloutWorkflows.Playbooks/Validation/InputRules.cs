using RolloutWorkflows.Playbooks.Inputs;

namespace RolloutWorkflows.Playbooks.Validation;

/// <summary>Rules about declared inputs.</summary>
internal static class InputRules
{
    private static readonly (string Key, InputType[] Types)[] KeysOfTypes =
    [
        ("items", [InputType.List]),
        ("minItems", [InputType.List]),
        ("maxItems", [InputType.List]),
        ("values", [InputType.Enum]),
        ("pattern", [InputType.String, InputType.List]),
        ("minimum", [InputType.Number, InputType.List]),
        ("maximum", [InputType.Number, InputType.List]),
    ];

    public static void Check(RuleContext context)
    {
        foreach (var (name, input) in context.Playbook.Inputs)
        {
            var path = $"spec.inputs.{name}";
            // Without a readable type nothing else can be judged.
            if (!context.Map.Has($"{path}.type") || context.Problems.IsUnfit($"{path}.type")) continue;
            CheckKeys(context, input, path);
            CheckBounds(context, input, path);
            CheckDefault(context, name, input, path);
        }
    }

    private static void CheckKeys(RuleContext context, InputDefinition input, string path)
    {
        foreach (var (key, types) in KeysOfTypes)
        {
            if (types.Contains(input.Type) || !context.Map.Has($"{path}.{key}")) continue;
            context.Problems.AddAtKey(ProblemCodes.KeyNotForType, $"{path}.{key}", $"'{key}' does not fit the type; expected type {types[0].ToString().ToLowerInvariant()}, got {input.Type.ToString().ToLowerInvariant()}");
        }

        if (input.Type == InputType.Enum && !context.Map.Has($"{path}.values"))
        {
            context.Problems.Add(ProblemCodes.EnumWithoutValues, path, "an enum without values allows nothing; expected 'values'");
        }

        context.RefuseDuplicates(ProblemCodes.DuplicateItem, input.Values.Select((value, index) => (value, $"{path}.values[{index}]")), "the value");
    }

    private static void CheckBounds(RuleContext context, InputDefinition input, string path)
    {
        if (input.MinItems > input.MaxItems) context.Problems.Add(ProblemCodes.BoundsCrossed, $"{path}.minItems", $"the limits exclude every list; expected minItems up to {input.MaxItems}, got {input.MinItems}");
        if (input.Minimum > input.Maximum) context.Problems.Add(ProblemCodes.BoundsCrossed, $"{path}.minimum", FormattableString.Invariant($"the limits exclude every number; expected minimum up to {input.Maximum}, got {input.Minimum}"));
    }

    private static void CheckDefault(RuleContext context, string name, InputDefinition input, string path)
    {
        if (input.Default is not { } standard || (input.Type == InputType.Enum && input.Values.Count == 0)) return;
        if (input.Pattern is { } pattern && !InputValues.IsPattern(pattern)) return;
        foreach (var text in InputValues.Check(input, standard))
        {
            context.Problems.Add(ProblemCodes.InvalidDefault, $"{path}.default", $"the default of '{name}' {text}");
        }
    }
}
