using System.Diagnostics.CodeAnalysis;
using RolloutWorkflows.Playbooks.Problems;
using RolloutWorkflows.Playbooks.Steps;
using RolloutWorkflows.Playbooks.Yaml;

namespace RolloutWorkflows.Playbooks.Validation;

/// <summary>What every rule looks at. Parts of the playbook may be missing where the file does not fit the grammar.</summary>
internal sealed record RuleContext(Playbook Playbook, IStepCatalog Catalog, SourceMap Map, ProblemList Problems)
{
    public IReadOnlyList<PlacedStep> Steps { get; } = [.. PlacedStep.In(Playbook)];

    public bool TryFindKind(string? uses, [NotNullWhen(true)] out StepKind? kind)
    {
        kind = null;
        return uses is { Length: > 0 } && Catalog.TryFind(uses, out kind);
    }

    /// <summary>Stages with their paths.</summary>
    public IEnumerable<(Stage Stage, string Path)> Stages() => Playbook.Stages.Select((stage, index) => (stage, $"spec.stages[{index}]"));

    /// <summary>Guardrails with their paths and stages (null: the playbook's own).</summary>
    public IEnumerable<(Guardrail Guardrail, string Path, Stage? Stage)> Guardrails() =>
        Playbook.Guardrails.Select((guardrail, index) => (guardrail, $"spec.guardrails[{index}]", (Stage?)null))
            .Concat(Stages().SelectMany(pair => pair.Stage.Guardrails.Select((guardrail, index) => (guardrail, $"{pair.Path}.guardrails[{index}]", (Stage?)pair.Stage))));

    /// <summary>Approvals with their paths, the ones of a retry among them.</summary>
    public IEnumerable<(Approval Approval, string Path)> Approvals()
    {
        foreach (var (stage, path) in Stages())
        {
            var single = Map.Has($"{path}.approval");
            for (var i = 0; i < stage.Approvals.Count; i++) yield return (stage.Approvals[i], single ? $"{path}.approval" : $"{path}.approvals[{i}]");
            if (stage.Retry is { } retry) yield return (retry.Approval, $"{path}.retry.approval");
        }
    }

    /// <summary>Reports each item that stands in a list for the second time.</summary>
    public void RefuseDuplicates(ProblemCode code, IEnumerable<(string Name, string Path)> items, string what)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, path) in items)
        {
            if (name.Length > 0 && !seen.Add(name)) Problems.Add(code, path, $"{what} '{name}' stands twice; expected it once");
        }
    }
}
