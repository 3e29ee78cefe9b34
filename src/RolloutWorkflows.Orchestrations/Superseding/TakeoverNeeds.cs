using System.Text.Json;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>What the stages that a run carries out need of those that it takes over. Pure.</summary>
internal sealed class TakeoverNeeds
{
    private readonly ExpressionScope scope;
    private readonly List<(string Where, ExpressionReference Reference)> references;
    private readonly HashSet<(string Capture, string Metric)> compared;
    private readonly HashSet<(string Capture, string Metric)> captured;

    public TakeoverNeeds(Playbook playbook, IReadOnlyDictionary<string, JsonElement> inputs, IReadOnlyList<Stage> skipped, Playbook remaining)
    {
        scope = new ExpressionScope { Inputs = inputs };
        var later = PlaybookSteps.All(remaining).Where(entry => !IsLeftOut(entry.Step)).ToList();
        var guardrails = playbook.Guardrails.Concat(remaining.Stages.SelectMany(stage => stage.Guardrails)).ToList();
        var produced = ProducedIn(skipped);
        // Ids are unique in a stage only: what a later stage puts out under the same id is what is meant there.
        produced.ExceptWith(ProducedIn(remaining.Stages).Concat(playbook.Preflight.Select(step => step.Id)));
        references =
        [
            .. later.SelectMany(entry => ReferencesOf(entry.Step).Select(reference => ($"{entry.Where}, step {entry.Step.Id}", reference))),
            .. guardrails.SelectMany(rule => rule.With.Values.SelectMany(ExpressionResolver.ReferencesIn).Select(reference => ($"guardrail {rule.Name}", reference))),
        ];
        references.RemoveAll(entry => entry.Reference.Kind != ReferenceKind.Output || !produced.Contains(entry.Reference.Step!));
        compared = [.. guardrails.Where(rule => rule.Baseline?.Capture is not null && rule.Metric is not null).Select(rule => (rule.Baseline!.Capture!, rule.Metric!)),
            .. later.Select(entry => entry.Step.With).Concat(guardrails.Select(rule => rule.With)).SelectMany(ComparedBy)];
        captured = [.. skipped.SelectMany(stage => stage.Steps).Where(step => !StageOrder.Acts(step)).SelectMany(CapturedBy)];
        // Where a later stage captures it anew, that is what is meant.
        captured.ExceptWith(remaining.Stages.SelectMany(stage => stage.Steps).Where(step => !StageOrder.Acts(step)).SelectMany(CapturedBy));
    }

    /// <summary>Whether a later step refers to this one's outputs.</summary>
    public bool Refers(string step) => references.Exists(entry => entry.Reference.Step == step);

    /// <summary>Which references would have no value, one sentence each.</summary>
    public IEnumerable<string> MissingOutputs(Dictionary<string, IReadOnlyDictionary<string, JsonElement>> left) => references
        .Where(entry => !left.TryGetValue(entry.Reference.Step!, out var values) || !values.ContainsKey(entry.Reference.Name))
        .Select(entry => $"{entry.Where} refers to {entry.Reference}").Distinct();

    public IReadOnlyList<TakenCapture> Captures() => [.. compared.Intersect(captured).Order().Select(pair => new TakenCapture(pair.Capture, pair.Metric))];

    private static HashSet<string> ProducedIn(IEnumerable<Stage> stages) =>
        [.. stages.SelectMany(stage => stage.Ready.Concat(stage.Steps).Concat(stage.Criteria)).Select(step => step.Id)];

    /// <summary>A step that the inputs leave out needs nothing.</summary>
    private bool IsLeftOut(Step step) =>
        step.If is { } condition && IfExpression.TryParse(condition, out var expression, out _) && expression.Evaluate(scope) == ConditionResult.False;

    private static IEnumerable<ExpressionReference> ReferencesOf(Step step)
    {
        var texts = step.With.Values.Concat(step.Undo?.With.Values ?? []).Concat(new[] { step.ForEach, step.RollbackTo }.OfType<JsonElement>());
        var ofCondition = step.If is { } condition && IfExpression.TryParse(condition, out var expression, out _) ? expression.References : [];
        return texts.SelectMany(ExpressionResolver.ReferencesIn).Concat(ofCondition);
    }

    private IEnumerable<(string Capture, string Metric)> ComparedBy(IReadOnlyDictionary<string, JsonElement> with)
    {
        if (!with.TryGetValue("baseline", out var baseline) || baseline.ValueKind != JsonValueKind.Object || !baseline.TryGetProperty("capture", out var capture)) yield break;
        if (Text(capture) is { } name && with.TryGetValue("metric", out var metric) && Text(metric) is { } of) yield return (name, of);
    }

    private IEnumerable<(string Capture, string Metric)> CapturedBy(Step step)
    {
        if (!step.With.TryGetValue("as", out var name) || Text(name) is not { } capture || !step.With.TryGetValue("metrics", out var given)) yield break;
        if (Resolved(given) is not { ValueKind: JsonValueKind.Array } metrics) yield break;
        foreach (var metric in metrics.EnumerateArray().Where(metric => metric.ValueKind == JsonValueKind.String)) yield return (capture, metric.GetString()!);
    }

    private string? Text(JsonElement value) => Resolved(value) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private JsonElement? Resolved(JsonElement value)
    {
        try
        {
            return ExpressionResolver.Resolve(value, scope);
        }
        catch (ExpressionException)
        {
            // It needs what only a run knows.
            return null;
        }
    }
}
