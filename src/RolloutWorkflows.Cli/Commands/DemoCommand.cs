using System.CommandLine;

namespace RolloutWorkflows.Cli;

/// <summary><c>rollout demo</c>.</summary>
internal static class DemoCommand
{
    /// <summary>The demo is shown in terminals of any size, and in pages.</summary>
    private const int Width = 80;

    private static readonly Option<string> PlaybookName = new("--playbook", "-p")
    {
        Description = "Whose demo; --list shows them all.",
        DefaultValueFactory = _ => DemoScenes.Default,
        HelpName = "NAME",
    };

    private static readonly Option<bool> List = new("--list") { Description = "Show every demo and what can go wrong in it, and start none." };

    private static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Answer every question of the run with yes." };

    private static readonly Option<string?> Fault = new("--fault") { Description = "Let this go wrong; --list shows what can.", HelpName = "NAME" };

    private static readonly Option<bool> Keep = new("--keep") { Description = "Keep the demo's folder with databases and logs, and say where it is." };

    private static readonly Option<double?> Speed = new("--speed")
    {
        Description = "How many times faster waits pass; 86400 makes a day pass in a second. Default: the demo's own.",
        HelpName = "FACTOR",
    };

    public static Command Create(Terminal terminal)
    {
        var command = new ExampledCommand("demo", "Carries out a shipped playbook before your eyes, against a sample of what it rolls out to.")
        {
            Remarks = """
                Starts a real server on SQLite and the playbook's sample, on free ports of this machine, and carries the playbook out.
                Only waits are compressed; time-outs, objectives and records use the real clock.
                Ends with 0 when the outcome is the expected one, and leaves nothing behind.
                """,
            Examples =
            [
                new("./rollout demo", "Rolls a web service's feature out to everybody, and asks you for the approvals."),
                new("./rollout demo --yes", "Answers them itself; takes about half a minute."),
                new("./rollout demo --list", "Shows the demos of all playbooks, and their faults."),
                new("./rollout demo --yes --fault ten-percent", "The service fails at 10 %; the run must notice and take everything back."),
                new("./rollout demo --yes --fault drift", "Somebody changes the flag by hand; the run must notice, hold and soak anew."),
                new("./rollout demo --yes --fault hand-made-zero", "Somebody sets the flag to 0 % by hand; the rollback must leave it there."),
            ],
        };
        foreach (var option in new Option[] { PlaybookName, List, Yes, Fault, Keep, Speed, CommonOptions.Json }) command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(Speed) is { } given && !given.Errors.Any() && result.GetValue(Speed) is not (>= 1 and <= 10_000_000)) result.AddError("--speed: expected a factor from 1 to 10000000.");
            if (result.GetValue(CommonOptions.Json) && !result.GetValue(List)) result.AddError("--json: only with --list.");
        });
        command.SetAction((parsed, cancellation) =>
        {
            if (!parsed.GetValue(List)) return new DemoRun(terminal.Wrapped(Width), OptionsOf(parsed)).RunAsync(cancellation);
            if (parsed.GetValue(CommonOptions.Json)) terminal.Json(DemoList.Of(DemoScenes.All));
            else DemoList.Write(DemoScenes.All, terminal.Wrapped(Width));
            return Task.FromResult(ExitCode.Ok);
        });
        return command;
    }

    private static DemoOptions OptionsOf(ParseResult parsed)
    {
        var scenes = DemoScenes.All;
        var name = parsed.GetRequiredValue(PlaybookName);
        var scene = scenes.FirstOrDefault(scene => scene.Playbook == name)
            ?? throw new CommandFailedException(ExitCode.Usage, $"--playbook: there is no demo of '{name}'; expected one of {string.Join(", ", scenes.Select(scene => scene.Playbook))}.");
        var speed = parsed.GetValue(Speed) ?? scene.Speed;
        return new DemoOptions
        {
            Scene = scene,
            Fault = parsed.GetValue(Fault) is { } fault ? FaultOf(scene, fault) : null,
            Yes = parsed.GetValue(Yes),
            Keep = parsed.GetValue(Keep),
            Speed = speed,
            // The soaks' latest ends twice over, and a minute for everything that is not compressed; timers take no more than 20 days.
            Deadline = TimeSpan.FromMinutes(1) + TimeSpan.FromDays(Math.Min(20, 70 / speed)),
        };
    }

    private static DemoFault FaultOf(DemoScene scene, string name) => scene.Faults.FirstOrDefault(fault => fault.Name == name)
        ?? throw new CommandFailedException(ExitCode.Usage, $"--fault: '{name}' is nothing that can go wrong in the demo of {scene.Playbook}; expected {(scene.Faults.Count == 0 ? "none" : $"one of {string.Join(", ", scene.Faults.Select(fault => fault.Name))}")}.");
}
