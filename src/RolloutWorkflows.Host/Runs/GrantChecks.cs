using System.Text.Json;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Playbooks;
using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Host;

/// <summary>
/// What a playbook would touch without a grant, as far as it can be named before it runs: flags, files, workflows, commands, repositories,
/// where requests go and the secrets they carry; and flags whose names cannot be used. What only a step's outputs say is looked at when the step acts. Pure.
/// </summary>
internal static class GrantChecks
{
    /// <summary>Every refusal, one sentence each; empty where all that can be named is granted.</summary>
    public static IReadOnlyList<string> Refusals(Playbook playbook, IReadOnlyDictionary<string, JsonElement> inputs, Grants grants, IStepCatalog catalog)
    {
        var scope = new ExpressionScope { Inputs = inputs };
        return [.. Uses(playbook)
            .SelectMany(use => Touched(use, scope, catalog).Select(touched => (use.Where, Touched: touched)))
            .Concat(Channels(playbook))
            .Select(found => RefusalOf(playbook.Name, found.Touched, grants) is { } refusal ? $"{found.Where}: {refusal}." : null)
            .OfType<string>()
            .Distinct()];
    }

    private static IEnumerable<Use> Uses(Playbook playbook)
    {
        foreach (var (where, step) in PlaybookSteps.All(playbook))
        {
            yield return new Use($"{where}, step {step.Id}", step.Uses, step.With);
            if (step.Undo is { } undo) yield return new Use($"{where}, undo of step {step.Id}", undo.Uses, undo.With);
        }

        foreach (var rule in playbook.Guardrails.Concat(playbook.Stages.SelectMany(stage => stage.Guardrails)))
            if (rule.Uses is { } uses)
                yield return new Use($"guardrail {rule.Name}", uses, rule.With);
    }

    private static IEnumerable<(string Where, Thing Touched)> Channels(Playbook playbook)
    {
        if (playbook.Channels.ReleaseIssue is { } issue) yield return ("channels.releaseIssue", new Thing(ThingKind.Repository, issue.Repository));
        if (playbook.Channels.Deployment is { } deployment) yield return ("channels.deployment", new Thing(ThingKind.Repository, deployment.Repository));
    }

    private static IEnumerable<Thing> Touched(Use use, ExpressionScope scope, IStepCatalog catalog)
    {
        if (!catalog.TryFind(use.Uses, out var kind)) yield break;
        if (use.Uses == "github/workflow" && KnownOf(use, "repository", scope) is { } repository && KnownOf(use, "workflow", scope) is { } workflow)
            yield return new Thing(ThingKind.Workflow, $"{repository}:{workflow}");
        if (use.Uses is "shell/run" or "scenario/repeat" && KnownOf(use, "command", scope) is { } command)
        {
            yield return new Thing(ThingKind.Command, command);
            foreach (var secret in SecretsIn(use)) yield return new Thing(ThingKind.CommandSecret, command, secret);
        }

        if (use.Uses.StartsWith("snapshot/", StringComparison.Ordinal) && KnownOf(use, "target", scope) is { } target) yield return new Thing(ThingKind.Snapshots, target);
        foreach (var (key, value) in use.With)
        {
            var type = kind.Parameters.FirstOrDefault(parameter => parameter.Name == key)?.Type;
            if (type is StepParameterType.File or StepParameterType.FileList)
            {
                foreach (var file in KnownFiles(value, scope).SelectMany(file => GateFiles.Of(file, KnownOf(use, "environment", scope), NodesOf(use, scope)))) yield return new Thing(ThingKind.File, file);
                continue;
            }

            if (Known(value, scope) is not { } text) continue;
            if (type == StepParameterType.Url)
            {
                yield return new Thing(ThingKind.Address, text);
                foreach (var secret in SecretsIn(use)) yield return new Thing(ThingKind.Secret, text, secret);
            }
            else if (key == "repository" && IsGitHub(use.Uses)) yield return new Thing(ThingKind.Repository, text);
            else if (!kind.Target.Contains(key)) continue;
            else if (key == "flag") yield return new Thing(ThingKind.Flag, text);
        }
    }

    // A workflow has a grant of its own.
    private static bool IsGitHub(string kind) => kind != "github/workflow" && (kind.StartsWith("github/", StringComparison.Ordinal) || kind.StartsWith("incident/", StringComparison.Ordinal));

    private static IEnumerable<string> SecretsIn(Use use) => use.With.Values
        .SelectMany(ExpressionResolver.ReferencesIn)
        .Where(reference => reference.Kind == ReferenceKind.Secret)
        .Select(reference => reference.Name);

    private static string? KnownOf(Use use, string key, ExpressionScope scope) => use.With.TryGetValue(key, out var value) ? Known(value, scope) : null;

    private static IEnumerable<string> KnownFiles(JsonElement value, ExpressionScope scope) => Resolved(value, scope) switch
    {
        { ValueKind: JsonValueKind.String } one => [one.GetString()!],
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().Where(file => file.ValueKind == JsonValueKind.String).Select(file => file.GetString()!),
        _ => [],
    };

    // A file of config/gates may stand for one of each node.
    private static IReadOnlyList<string> NodesOf(Use use, ExpressionScope scope) => use.With.TryGetValue("nodes", out var nodes) ? [.. KnownFiles(nodes, scope)] : [];

    private static string? Known(JsonElement value, ExpressionScope scope) => Resolved(value, scope) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement? Resolved(JsonElement value, ExpressionScope scope)
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

    private static string? RefusalOf(string playbook, Thing thing, Grants grants) => thing.Kind switch
    {
        ThingKind.Flag => FlagNames.Problem(thing.Name) ?? grants.RefusalOfFlag(playbook, thing.Name),
        ThingKind.File => grants.RefusalOfFile(playbook, thing.Name),
        ThingKind.Workflow => grants.RefusalOfWorkflow(playbook, thing.Name),
        ThingKind.Snapshots => grants.RefusalOfSnapshots(playbook, thing.Name),
        ThingKind.Command => grants.RefusalOfCommand(playbook, thing.Name),
        ThingKind.CommandSecret => grants.RefusalOfSecret(playbook, thing.Secret!, thing.Name),
        ThingKind.Repository => GitHubRepository.TryParse(thing.Name, out var repository) ? grants.RefusalOfRepository(playbook, repository) : null,
        _ when !Uri.TryCreate(thing.Name, UriKind.Absolute, out _) => null,
        ThingKind.Secret => grants.RefusalOfSecret(playbook, thing.Secret!, new Uri(thing.Name)),
        _ => grants.RefusalOfEgress(playbook, new Uri(thing.Name)),
    };

    private enum ThingKind
    {
        Flag,
        File,
        Workflow,
        Repository,
        Address,
        Secret,
        Command,
        CommandSecret,
        Snapshots,
    }

    private sealed record Use(string Where, string Uses, IReadOnlyDictionary<string, JsonElement> With);

    private sealed record Thing(ThingKind Kind, string Name, string? Secret = null);
}
