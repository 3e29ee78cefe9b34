using System.CommandLine;
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
            Remarks = "A text that the run will need and that is not given yet stands in the plan by its name, such as <commit>.",
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
        var (playbook, inputs) = PlaybookFor.Read(terminal, parsed, parsed.GetRequiredValue(File), "there is no plan", allowsMissing: true);
        var plan = PlaybookPlan.Create(playbook, inputs, MomentOption.Read(parsed, At) ?? terminal.Time.GetUtcNow(), StepCatalog.BuiltIn, HolidaysOption.Read(parsed));
        if (parsed.GetValue(CommonOptions.Json)) terminal.Json(plan);
        else terminal.Out.Write(PlanText.Render(plan));
        return ExitCode.Ok;
    }
}
