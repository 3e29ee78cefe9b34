using System.Text.Json;
using RolloutWorkflows.Playbooks.Grammar;
using RolloutWorkflows.Playbooks.Problems;
using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Playbooks.Validation;

/// <summary>Rules about the configuration of steps: keys that are missing, and names that refer to the playbook.</summary>
internal static class ParameterRules
{
    /// <summary>Every configuration in the playbook: of steps, of undos and of checks that guardrails repeat.</summary>
    public static IEnumerable<(string Uses, IReadOnlyDictionary<string, JsonElement> With, string Path)> Configurations(RuleContext context) =>
        context.Steps.Select(placed => (placed.Step.Uses, placed.Step.With, placed.Path))
            .Concat(context.Steps.Where(placed => placed.Step.Undo is not null).Select(placed => (placed.Step.Undo!.Uses, placed.Step.Undo.With, $"{placed.Path}.undo")))
            .Concat(context.Guardrails().Where(each => each.Guardrail.Uses is not null).Select(each => (each.Guardrail.Uses!, each.Guardrail.With, each.Path)));

    public static void Check(RuleContext context)
    {
        foreach (var (uses, with, path) in Configurations(context))
        {
            if (!context.TryFindKind(uses, out var kind)) continue;
            foreach (var parameter in kind.Parameters)
            {
                if (with.TryGetValue(parameter.Name, out var value))
                {
                    CheckNames(context, parameter, value, $"{path}.with.{parameter.Name}");
                    CheckInputType(context, parameter, value, $"{path}.with.{parameter.Name}");
                }
                else if (parameter.Required) context.Problems.Add(ProblemCodes.ParameterMissing, $"{path}.with", $"'{uses}' lacks '{parameter.Name}' in 'with'; expected {ScalarRules.Expectation(ParameterForms.Of(parameter))}");
            }

            CheckConditions(context, kind, with, path);
            CheckSamples(context, with, path);
        }
    }

    /// <summary>An expression that is the whole value keeps its input's type, so a wrong one would show only when the step runs.</summary>
    private static void CheckInputType(RuleContext context, StepParameter parameter, JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.String || ExpressionRules.WholeInput(value.GetString()!) is not { } name) return;
        if (!context.Playbook.Inputs.TryGetValue(name, out var input) || context.Problems.IsUnfit($"spec.inputs.{name}.type") || Accepts(parameter.Type, input.Type)) return;
        context.Problems.Add(
            ProblemCodes.InputTypeMismatch,
            path,
            $"the input '{name}' has the wrong type for '{parameter.Name}'; expected {ScalarRules.Expectation(ParameterForms.Of(parameter))}, got an input of type {input.Type.ToString().ToLowerInvariant()}");
    }

    private static bool Accepts(StepParameterType parameter, InputType input) => parameter switch
    {
        StepParameterType.Any => true,
        StepParameterType.StringList or StepParameterType.FileList => input == InputType.List,
        StepParameterType.Number or StepParameterType.Integer => input == InputType.Number,
        StepParameterType.Percent => input is InputType.Number or InputType.String or InputType.Enum,
        StepParameterType.Boolean => input == InputType.Boolean,
        _ => input is InputType.String or InputType.Enum or InputType.Duration,
    };

    private static void CheckSamples(RuleContext context, IReadOnlyDictionary<string, JsonElement> with, string path)
    {
        if (!with.ContainsKey("minSampleSize") || !with.TryGetValue("metric", out var metric) || metric.ValueKind != JsonValueKind.String) return;
        GuardrailRules.RequireSamples(context, metric.GetString()!, $"{path}.with.minSampleSize");
    }

    private static void CheckNames(RuleContext context, StepParameter parameter, JsonElement value, string path)
    {
        switch (parameter.Type)
        {
            case StepParameterType.MetricName or StepParameterType.MetricNameList:
                foreach (var (name, at) in Names(value, path)) References.Metric(context, name, at);
                break;
            case StepParameterType.ChannelName or StepParameterType.ChannelNameList:
                foreach (var (name, at) in Names(value, path)) References.Channel(context, name, at);
                break;
            case StepParameterType.AddresseeList:
                foreach (var (name, at) in Names(value, path)) References.Addressee(context, name, at);
                break;
            case StepParameterType.Baseline when value.ValueKind == JsonValueKind.Object:
                if (value.TryGetProperty("metric", out var metric) && metric.ValueKind == JsonValueKind.String) References.Metric(context, metric.GetString()!, $"{path}.metric");
                if (value.TryGetProperty("capture", out var capture) && capture.ValueKind == JsonValueKind.String) References.Capture(context, capture.GetString()!, $"{path}.capture");
                break;
            case StepParameterType.ApproverList when value.ValueKind == JsonValueKind.Array:
                foreach (var (approver, index) in value.EnumerateArray().Select((item, index) => (item, index))) CheckApprover(context, approver, $"{path}[{index}]");
                break;
        }
    }

    private static void CheckApprover(RuleContext context, JsonElement approver, string path)
    {
        if (approver.ValueKind != JsonValueKind.Object) return;
        if (approver.TryGetProperty("role", out var role) && role.ValueKind == JsonValueKind.String)
        {
            References.Role(context, role.GetString()!, $"{path}.role");
            return;
        }

        if (approver.TryGetProperty("group", out var group) && group.ValueKind == JsonValueKind.String) References.Group(context, group.GetString()!, $"{path}.group");
        if (approver.TryGetProperty("person", out var person) && person.ValueKind == JsonValueKind.String) References.Person(context, person.GetString()!, $"{path}.person");
    }

    /// <summary>A kind with conditions needs one of them, and cannot know a baseline.</summary>
    private static void CheckConditions(RuleContext context, StepKind kind, IReadOnlyDictionary<string, JsonElement> with, string path)
    {
        var names = kind.Parameters.Where(parameter => parameter.Type == StepParameterType.Condition).Select(parameter => parameter.Name).ToList();
        if (names.Count == 0) return;
        var given = names.Where(with.ContainsKey).ToList();
        if (given.Count == 0)
        {
            context.Problems.Add(ProblemCodes.ConditionMissing, path, $"'{kind.Name}' has no condition; expected {Wording.AnyOf(names)}");
        }

        var conditions = given
            .Where(name => with[name].ValueKind == JsonValueKind.String)
            .Select(name => (Text: (string?)with[name].GetString(), Path: $"{path}.with.{name}"))
            .ToList();
        ConditionRules.CheckUnits(context, conditions);
        if (!with.ContainsKey("baseline")) ConditionRules.RefuseBaseline(context, conditions, kind.Name);
    }

    private static IEnumerable<(string Name, string Path)> Names(JsonElement value, string path) => value.ValueKind switch
    {
        JsonValueKind.String => [(value.GetString()!, path)],
        JsonValueKind.Array => value.EnumerateArray().Select((item, index) => (item, $"{path}[{index}]")).Where(pair => pair.item.ValueKind == JsonValueKind.String).Select(pair => (pair.item.GetString()!, pair.Item2)),
        _ => [],
    };
}
