using System.CommandLine;
using System.Text.Json.Nodes;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Cli;

/// <summary><c>rollout validate FILE…</c>: needs no server.</summary>
internal static class ValidateCommand
{
    private static readonly Argument<string[]> Files = new("FILE") { Description = "Playbook files.", Arity = ArgumentArity.OneOrMore };

    public static Command Create(Terminal terminal)
    {
        var command = new ExampledCommand("validate", "Checks playbooks and shows every problem with its place. Needs no server.")
        {
            Remarks = "Each problem is one line, file:line:column CODE what, as editors and CI systems read it. Warnings do not fail.",
            Examples =
            [
                new("rollout validate playbooks/web4-mycelia.yaml", "Checks one playbook."),
                new("rollout validate playbooks/*.yaml --json", "Checks all, for a script."),
            ],
        };
        command.Add(Files);
        command.Add(CommonOptions.Json);
        command.SetAction(parsed => Validate(terminal, parsed));
        return command;
    }

    private static int Validate(Terminal terminal, ParseResult parsed)
    {
        var json = parsed.GetValue(CommonOptions.Json);
        var results = parsed.GetRequiredValue(Files).Select(file => (File: file, Result: PlaybookText.Load(file))).ToList();
        if (json) terminal.Json(new JsonArray([.. results.Select(entry => ToJson(entry.File, entry.Result))]));
        else
            foreach (var (file, result) in results)
                Show(terminal, file, result);
        return results.All(entry => entry.Result.IsValid) ? ExitCode.Ok : ExitCode.Invalid;
    }

    private static void Show(Terminal terminal, string file, PlaybookLoadResult result)
    {
        foreach (var problem in result.Problems) terminal.Line(problem.Severity == ProblemSeverity.Warning ? $"{problem} (warning)" : problem.ToString());
        if (result.Playbook is not { } playbook) return;
        terminal.Note($"{file}: valid, {playbook.Stages.Count} stages.");
    }

    private static JsonObject ToJson(string file, PlaybookLoadResult result) => new()
    {
        ["file"] = file,
        ["valid"] = result.IsValid,
        ["name"] = result.Playbook?.Name,
        ["problems"] = new JsonArray([.. result.Problems.Select(problem => (JsonNode)new JsonObject
        {
            ["code"] = problem.Code,
            ["severity"] = problem.Severity == ProblemSeverity.Error ? "error" : "warning",
            ["line"] = problem.Line,
            ["column"] = problem.Column,
            ["path"] = problem.Path,
            ["message"] = problem.Message,
        })]),
    };
}
