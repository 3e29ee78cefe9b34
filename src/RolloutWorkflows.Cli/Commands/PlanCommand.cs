using System.CommandLine;
using System.Globalization;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Cli;

/// <summary><c>rollout plan FILE</c>: needs no server.</summary>
internal static class PlanCommand
{
    private static readonly Argument<string> File = new("FILE") { Description = "The playbook file." };

    private static readonly Option<string?> At = new("--at") { Description = "When the run would start, such as 2026-03-02T09:00Z. Default: now.", HelpName = "TIME" };

    public static Command Create(Terminal terminal)
    {
        var command = new ExampledCommand("plan", "Shows what a run would do: every gate with its earliest and latest time, and the way back of each stage. Needs no server.")
        {
            Examples =
            [
                new("rollout plan playbooks/web4-mycelia.yaml", "Plans a run that starts now, with the playbook's defaults."),
                new("rollout plan playbooks/web4-mycelia.yaml --at 2026-03-02T09:00Z --input flag=applets_v1_rollout", "Plans another start, with other inputs."),
            ],
        };
        command.Add(File);
        foreach (var option in new Option[] { At, InputOption.Instance, HolidaysOption.Instance, CommonOptions.Json }) command.Add(option);
        command.SetAction(parsed => Plan(terminal, parsed));
        return command;
    }

    private static int Plan(Terminal terminal, ParseResult parsed)
    {
        var loaded = PlaybookText.Load(parsed.GetRequiredValue(File));
        if (loaded.Playbook is not { } playbook)
        {
            foreach (var problem in loaded.Problems) terminal.Note(problem.ToString());
            throw new CommandFailedException(ExitCode.Invalid, $"{parsed.GetValue(File)} is not valid, so there is no plan.");
        }

        var inputs = InputBinder.Bind(playbook, InputOption.Read(parsed).ToDictionary(
            input => input.Key, input => playbook.Inputs.TryGetValue(input.Key, out var definition) ? InputBinder.FromText(definition, input.Value) : System.Text.Json.JsonSerializer.SerializeToElement(input.Value)));
        if (!inputs.IsValid)
        {
            foreach (var problem in inputs.Problems) terminal.Note(problem.ToString());
            throw new CommandFailedException(ExitCode.Invalid, "the inputs do not fit the playbook, so there is no plan.");
        }

        var plan = PlaybookPlan.Create(playbook, inputs.Values, Start(terminal, parsed), StepCatalog.BuiltIn, HolidaysOption.Read(parsed));
        if (parsed.GetValue(CommonOptions.Json)) terminal.Json(plan);
        else terminal.Out.Write(PlanText.Render(plan));
        return ExitCode.Ok;
    }

    private static DateTimeOffset Start(Terminal terminal, ParseResult parsed)
    {
        if (parsed.GetValue(At) is not { } text) return terminal.Time.GetUtcNow();
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment
            : throw new CommandFailedException(ExitCode.Usage, $"--at: expected a moment such as 2026-03-02T09:00Z, got '{text}'.");
    }
}
