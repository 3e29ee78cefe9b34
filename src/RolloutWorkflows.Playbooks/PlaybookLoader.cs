using RolloutWorkflows.Playbooks.Grammar;
using RolloutWorkflows.Playbooks.Problems;
using RolloutWorkflows.Playbooks.Reading;
using RolloutWorkflows.Playbooks.Steps;
using RolloutWorkflows.Playbooks.Validation;
using RolloutWorkflows.Playbooks.Yaml;

namespace RolloutWorkflows.Playbooks;

/// <summary>Reads and validates playbooks. Pure and thread-safe; opens no file.</summary>
public static class PlaybookLoader
{
    /// <summary>
    /// Reads a playbook and reports all of its problems at once. Never throws for what stands in the file.
    /// </summary>
    /// <param name="yaml">The file's text.</param>
    /// <param name="fileName">How problems name the file; nothing is read from it.</param>
    /// <param name="catalog">The step kinds that the playbook may use.</param>
    public static PlaybookLoadResult Load(string yaml, string fileName, IStepCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        ArgumentNullException.ThrowIfNull(catalog);
        var problems = new ProblemList(fileName);
        if (YamlReader.Read(yaml, problems) is not { } root) return new PlaybookLoadResult { Problems = problems.InOrder() };

        var map = new SourceMap(root);
        new ShapeChecker(problems, catalog).Check(root);
        problems.EndGrammar(map);
        var playbook = PlaybookReader.Read(root, catalog);
        PlaybookRules.Check(new RuleContext(playbook, catalog, map, problems));
        return new PlaybookLoadResult
        {
            Playbook = problems.HasErrors ? null : playbook with { Stages = [.. playbook.Stages.Select(stage => stage with { Rollback = playbook.RollbackOf(stage) })] },
            Problems = problems.InOrder(),
        };
    }
}
