using System.CommandLine;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Playbooks.Problems;
using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Cli;

/// <summary><c>rollout steps [KIND]</c>: the catalog of step kinds; needs no server.</summary>
internal static class StepsCommand
{
    private static readonly Argument<string?> Kind = new("KIND") { Description = "The step kind to explain.", Arity = ArgumentArity.ZeroOrOne };

    public static Command Create(Terminal terminal)
    {
        var command = new ExampledCommand("steps", "Lists the step kinds that playbooks may use, or explains one. Needs no server.")
        {
            Examples =
            [
                new("rollout steps", "Lists actions and checks."),
                new("rollout steps flag/rollout", "Explains one: its configuration, outputs, effect, and an example."),
            ],
        };
        command.Add(Kind);
        command.Add(CommonOptions.Json);
        command.SetAction(parsed => parsed.GetValue(Kind) is { } kind ? Explain(terminal, kind, parsed.GetValue(CommonOptions.Json)) : List(terminal, parsed.GetValue(CommonOptions.Json)));
        return command;
    }

    private static int List(Terminal terminal, bool json)
    {
        var kinds = StepCatalog.BuiltIn.Kinds;
        if (json)
        {
            terminal.Json(kinds);
            return ExitCode.Ok;
        }

        var table = new TextTable("KIND", "IS", "SUMMARY");
        foreach (var kind in kinds) table.Add(kind.Name, Words.Of(kind.Role), kind.Summary);
        table.Write(terminal.Out);
        return ExitCode.Ok;
    }

    private static int Explain(Terminal terminal, string name, bool json)
    {
        if (!StepCatalog.BuiltIn.TryFind(name, out var kind))
            throw new CommandFailedException(ExitCode.No, $"no step kind is called '{name}'{Suggestion.For(name, StepCatalog.BuiltIn.Kinds.Select(known => known.Name))}; `rollout steps` lists them.");
        if (json) terminal.Json(kind);
        else Explain(terminal, kind);
        return ExitCode.Ok;
    }

    private static void Explain(Terminal terminal, StepKind kind)
    {
        terminal.Line($"{kind.Name} ({Words.Of(kind.Role)})");
        terminal.Line($"  {kind.Summary}");
        terminal.Line($"  Effect: {Effect(kind.Effect)}");
        terminal.Line();
        terminal.Line("with:");
        var table = new TextTable("  KEY", "TYPE", "", "MEANING");
        foreach (var parameter in kind.Parameters) table.Add($"  {parameter.Name}", Words.Of(parameter.Type), parameter.Required ? "required" : Default(parameter), Meaning(parameter));
        table.Write(terminal.Out);
        if (kind.Outputs.Count > 0) terminal.Line($"{System.Environment.NewLine}outputs:");
        foreach (var (output, meaning) in kind.Outputs) terminal.Line($"  {output}: {meaning}");
        terminal.Line();
        terminal.Line("example:");
        foreach (var line in kind.Example.Split('\n')) terminal.Line("  " + line.TrimEnd('\r'));
    }

    private static string Default(StepParameter parameter) => parameter.Default is { } standard ? $"default {standard.GetRawText()}" : "";

    private static string Meaning(StepParameter parameter) =>
        parameter.Description + (parameter.Values.Count > 0 ? $" One of {string.Join(", ", parameter.Values)}." : "");

    private static string Effect(StepEffect effect) => effect switch
    {
        StepEffect.Reversible => "reversible; a rollback restores what stood there before",
        StepEffect.Irreversible => "irreversible; it needs 'undo' or 'irreversible: true'",
        _ => "none",
    };
}
