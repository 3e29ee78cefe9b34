using System.Text.Json;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Host;

/// <summary>Commands that a playbook would run, and targets whose snapshots it would use, that nobody configured, as far as their names are known before it runs. Pure.</summary>
internal static class CommandChecks
{
    public static IEnumerable<string> Obstacles(Playbook playbook, IReadOnlyDictionary<string, JsonElement> inputs, RolloutSettings settings)
    {
        var used = Used(playbook).ToList();
        var commands = Named(used.Where(entry => entry.Uses is "shell/run" or "scenario/repeat"), "command", inputs)
            .Where(entry => !settings.Commands.ContainsKey(entry.Name))
            .Select(entry => $"{entry.Where}: the command '{entry.Name}' is not configured; say what it is as extensions.rollout.commands.{entry.Name} in host.json.");
        var targets = Named(used.Where(entry => entry.Uses.StartsWith("snapshot/", StringComparison.Ordinal)), "target", inputs)
            .Where(entry => !settings.Snapshots.ContainsKey(entry.Name))
            .Select(entry => $"{entry.Where}: snapshots of '{entry.Name}' are not configured; say where they lie as extensions.rollout.snapshots.{entry.Name} in host.json.");
        return commands.Concat(targets).Distinct();
    }

    private static IEnumerable<(string Where, string Name)> Named(IEnumerable<Use> used, string key, IReadOnlyDictionary<string, JsonElement> inputs) =>
        used.Where(entry => entry.With.ContainsKey(key)).SelectMany(entry => Names(entry, key, inputs).Select(name => (entry.Where, name)));

    private static IEnumerable<Use> Used(Playbook playbook)
    {
        foreach (var (where, step) in PlaybookSteps.All(playbook))
        {
            yield return new Use($"{where}, step {step.Id}", step.Uses, step.With, step.ForEach);
            if (step.Undo is { } undo) yield return new Use($"{where}, undo of step {step.Id}", undo.Uses, undo.With, null);
        }

        foreach (var rule in playbook.Guardrails.Concat(playbook.Stages.SelectMany(stage => stage.Guardrails)))
            if (rule.Uses is { } uses)
                yield return new Use($"guardrail {rule.Name}", uses, rule.With, null);
    }

    private static IEnumerable<string> Names(Use use, string key, IReadOnlyDictionary<string, JsonElement> inputs)
    {
        var items = use.ForEach is { } list && Resolve(list, new ExpressionScope { Inputs = inputs }) is { ValueKind: JsonValueKind.Array } known
            ? known.EnumerateArray().Select(item => new ExpressionScope { Inputs = inputs, Item = item })
            : [new ExpressionScope { Inputs = inputs }];
        return items.Select(scope => Resolve(use.With[key], scope)).Where(name => name is { ValueKind: JsonValueKind.String }).Select(name => name!.Value.GetString()!);
    }

    private static JsonElement? Resolve(JsonElement value, ExpressionScope scope)
    {
        try
        {
            return ExpressionResolver.Resolve(value, scope);
        }
        catch (ExpressionException)
        {
            // An output of a step that has not run.
            return null;
        }
    }

    private sealed record Use(string Where, string Uses, IReadOnlyDictionary<string, JsonElement> With, JsonElement? ForEach);
}
