using System.Text.Json;
using System.Text.RegularExpressions;
using RolloutWorkflows.Playbooks.Expressions;
using RolloutWorkflows.Playbooks.Problems;
using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Playbooks.Validation;

/// <summary>Rules about <c>${{ }}</c> and <c>if</c>: what they refer to exists and is known when it is needed.</summary>
internal static partial class ExpressionRules
{
    /// <summary>Where secrets are sent and therefore resolved.</summary>
    private static readonly string[] SecretParameters = ["headers", "environment"];

    public static void Check(RuleContext context)
    {
        foreach (var placed in context.Steps)
        {
            CheckConfiguration(context, placed, placed.Step.Uses, placed.Step.With, $"{placed.Path}.with");
            if (placed.Step.Undo is { } undo) CheckConfiguration(context, placed, undo.Uses, undo.With, $"{placed.Path}.undo.with");
            CheckTree(context, placed, placed.Step.ForEach, $"{placed.Path}.forEach", item: false);
            CheckTree(context, placed, placed.Step.RollbackTo, $"{placed.Path}.rollbackTo", item: false);
            CheckIf(context, placed);
        }

        foreach (var (guardrail, path, _) in context.Guardrails().Where(each => each.Guardrail.Uses is not null))
        {
            CheckSettled(context, JsonSerializer.SerializeToElement(guardrail.With), $"{path}.with", secretsIn: context.TryFindKind(guardrail.Uses, out var kind) ? kind : null);
        }

        CheckChannels(context);
        CheckUnusedInputs(context);
    }

    /// <summary>Names of the inputs that a text refers to; none where it cannot be read.</summary>
    public static IEnumerable<string> InputsIn(string text) =>
        Read(JsonSerializer.SerializeToElement(text)).Where(reference => reference.Kind == ReferenceKind.Input).Select(reference => reference.Name);

    /// <summary>The input that a text consists of, or null.</summary>
    public static string? WholeInput(string text) => WholeExpression().Match(text) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>Texts that are settled when the run starts: only inputs and the run's id are known then.</summary>
    public static void CheckSettled(RuleContext context, JsonElement value, string path, StepKind? secretsIn = null)
    {
        foreach (var (reference, at, parameter) in ReferencesWithPaths(value, path))
        {
            switch (reference.Kind)
            {
                case ReferenceKind.Secret when secretsIn is not null && SecretParameters.Contains(parameter): break;
                case ReferenceKind.Secret: RefuseSecret(context, reference, at); break;
                case ReferenceKind.Input: CheckInput(context, reference, at); break;
                case ReferenceKind.Run when reference.Name is "id" or "playbook" or "title" or "startedBy" or "startedAt": break;
                default:
                    context.Problems.Add(ProblemCodes.NotYetKnown, at, $"'{reference}' is not known when the run starts; expected inputs.NAME or run.id");
                    break;
            }
        }
    }

    private static void CheckConfiguration(RuleContext context, PlacedStep placed, string uses, IReadOnlyDictionary<string, JsonElement> with, string path)
    {
        foreach (var (key, value) in with)
        {
            CheckTree(context, placed, value, $"{path}.{key}", placed.Step.ForEach is not null, secrets: SecretParameters.Contains(key));
            if (context.TryFindKind(uses, out var kind)
                && kind.Parameters.Any(parameter => parameter.Name == key && parameter.Type == StepParameterType.Url)
                && value.ValueKind == JsonValueKind.String)
            {
                CheckHost(context, value.GetString()!, $"{path}.{key}");
            }
        }
    }

    private static void CheckTree(RuleContext context, PlacedStep placed, JsonElement? value, string path, bool item, bool secrets = false)
    {
        if (value is not { } tree) return;
        foreach (var (reference, at, _) in ReferencesWithPaths(tree, path)) CheckReference(context, placed, reference, at, item, secrets);
    }

    private static void CheckIf(RuleContext context, PlacedStep placed)
    {
        if (placed.Step.If is not { } text || !IfExpression.TryParse(text, out var expression, out _)) return;
        foreach (var reference in expression.References) CheckReference(context, placed, reference, $"{placed.Path}.if", placed.Step.ForEach is not null, secrets: false);
    }

    private static void CheckReference(RuleContext context, PlacedStep placed, ExpressionReference reference, string path, bool item, bool secrets)
    {
        switch (reference.Kind)
        {
            case ReferenceKind.Input:
                CheckInput(context, reference, path);
                break;
            case ReferenceKind.Run when !ExpressionScope.RunNames.Contains(reference.Name):
                context.Problems.Add(ProblemCodes.UnknownRunValue, path, $"'{reference}' does not exist; expected {Wording.AnyOf([.. ExpressionScope.RunNames.Select(name => $"run.{name}")])}{Suggestion.For(reference.Name, ExpressionScope.RunNames)}");
                break;
            case ReferenceKind.Run when !IsKnown(reference.Name, placed.List):
                context.Problems.Add(ProblemCodes.NotYetKnown, path, $"'{reference}' is not known here; expected it only in a rollback{(reference.Name == "state" ? " or in finally" : "")}");
                break;
            case ReferenceKind.Item when !item:
                context.Problems.Add(ProblemCodes.ItemWithoutForEach, path, "'item' has no value here; expected a step with forEach");
                break;
            case ReferenceKind.Secret when !secrets:
                RefuseSecret(context, reference, path);
                break;
            case ReferenceKind.Output:
                CheckOutput(context, placed, reference, path);
                break;
        }
    }

    private static bool IsKnown(string name, StepList list) => name switch
    {
        "cause" => list is StepList.RollbackBefore or StepList.RollbackSteps or StepList.RollbackVerify,
        "state" => list is StepList.RollbackBefore or StepList.RollbackSteps or StepList.RollbackVerify or StepList.Finally,
        _ => true,
    };

    private static void CheckInput(RuleContext context, ExpressionReference reference, string path)
    {
        var inputs = context.Playbook.Inputs;
        if (inputs.ContainsKey(reference.Name)) return;
        context.Problems.Add(ProblemCodes.UnknownInput, path, $"unknown input in '{reference}'; {Wording.Known(inputs.Keys)}{Suggestion.For(reference.Name, inputs.Keys)}");
    }

    private static void CheckOutput(RuleContext context, PlacedStep placed, ExpressionReference reference, string path)
    {
        var visible = OutputVisibility.Before(context, placed).ToList();
        var sources = visible.Where(other => other.Step.Id == reference.Step).ToList();
        if (sources.Count == 0)
        {
            var ids = visible.Select(other => other.Step.Id).Distinct().ToList();
            var elsewhere = context.Steps.Any(other => other.Step.Id == reference.Step);
            var what = elsewhere ? $"the step '{reference.Step}' has not run when '{reference}' is needed" : $"unknown step in '{reference}'";
            context.Problems.Add(ProblemCodes.UnknownOutputStep, path, $"{what}; expected a step that runs before it, {Wording.Known(ids)}{(elsewhere ? "" : Suggestion.For(reference.Step!, ids))}");
            return;
        }

        var outputs = sources.Select(source => context.TryFindKind(source.Step.Uses, out var kind) ? kind.Outputs.Keys : null).ToList();
        if (outputs.Contains(null) || outputs.Any(names => names!.Contains(reference.Name))) return;
        var known = outputs.SelectMany(names => names!).Distinct().ToList();
        context.Problems.Add(ProblemCodes.UnknownOutput, path, $"'{sources[0].Step.Uses}' has no output '{reference.Name}'; {Wording.Known(known)}{Suggestion.For(reference.Name, known)}");
    }

    private static void RefuseSecret(RuleContext context, ExpressionReference reference, string path) =>
        context.Problems.Add(ProblemCodes.SecretNotAllowed, path, $"'{reference}' may not stand here; expected secrets only in headers and in the environment of commands");

    /// <summary>One closed-in input may stand for scheme, host and port together; nothing else may choose whom a run calls.</summary>
    private static void CheckHost(RuleContext context, string url, string path)
    {
        if (!ExpressionText.HasExpression(url) || FixedHost().IsMatch(url)) return;
        var origin = InputAsOrigin().Match(url);
        if (origin.Success
            && context.Playbook.Inputs.TryGetValue(origin.Groups[1].Value, out var input)
            && (input.Pattern is not null || input.Type == InputType.Enum)) return;
        context.Problems.Add(ProblemCodes.ExpressionInHost, path, $"an expression may not choose the host; expected a fixed host, or one input with a pattern for scheme, host and port, got '{url}'");
    }

    private static void CheckChannels(RuleContext context)
    {
        var channels = context.Playbook.Channels;
        if (channels.ReleaseIssue?.Number is { } number) CheckSettled(context, JsonSerializer.SerializeToElement(number), "spec.channels.releaseIssue.number");
        if (channels.Deployment is not { } deployment) return;
        CheckSettled(context, JsonSerializer.SerializeToElement(deployment.Environment), "spec.channels.deployment.environment");
        CheckSettled(context, JsonSerializer.SerializeToElement(deployment.Ref), "spec.channels.deployment.ref");
    }

    private static void CheckUnusedInputs(RuleContext context)
    {
        var json = JsonSerializer.SerializeToElement(context.Playbook with { Inputs = new Dictionary<string, InputDefinition>() }, PlaybookJson.Options);
        var used = Read(json).Where(reference => reference.Kind == ReferenceKind.Input).Select(reference => reference.Name)
            .Concat(context.Steps.SelectMany(placed => placed.Step.If is { } text && IfExpression.TryParse(text, out var expression, out _) ? expression.References.Select(reference => reference.Name) : []))
            .ToHashSet();
        foreach (var name in context.Playbook.Inputs.Keys.Where(name => !used.Contains(name)))
        {
            context.Problems.AddAtKey(ProblemCodes.UnusedInput, $"spec.inputs.{name}", $"the input '{name}' is not used; expected an expression that refers to inputs.{name}");
        }
    }

    private static IEnumerable<(ExpressionReference Reference, string Path, string Key)> ReferencesWithPaths(JsonElement value, string path, string key = "") => value.ValueKind switch
    {
        JsonValueKind.String => Read(value).Select(reference => (reference, path, key)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany((item, index) => ReferencesWithPaths(item, $"{path}[{index}]", key)),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(property => ReferencesWithPaths(property.Value, $"{path}.{property.Name}", key.Length == 0 ? property.Name : key)),
        _ => [],
    };

    /// <summary>An expression that cannot be read was reported with the grammar.</summary>
    private static IReadOnlyList<ExpressionReference> Read(JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Array) return [.. value.EnumerateArray().SelectMany(Read)];
        if (value.ValueKind is JsonValueKind.Object) return [.. value.EnumerateObject().SelectMany(property => Read(property.Value))];
        try
        {
            return [.. ExpressionResolver.ReferencesIn(value)];
        }
        catch (ExpressionException)
        {
            return [];
        }
    }

    [GeneratedRegex(@"^https?://[^/?#@$\s]+[/?#]", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex FixedHost();

    [GeneratedRegex(@"^\$\{\{\s*inputs\.([A-Za-z_][A-Za-z0-9_-]*)\s*\}\}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex WholeExpression();

    [GeneratedRegex(@"^\$\{\{\s*inputs\.([A-Za-z_][A-Za-z0-9_-]*)\s*\}\}(?:[/?#]|\z)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex InputAsOrigin();
}
