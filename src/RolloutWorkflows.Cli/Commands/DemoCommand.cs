using System.CommandLine;

namespace RolloutWorkflows.Cli;

/// <summary><c>rollout demo</c>.</summary>
internal static class DemoCommand
{
    private const double DayInASecond = 86_400;

    /// <summary>The demo is shown in terminals of any size, and in pages.</summary>
    private const int Width = 80;

    private static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Answer every question of the run with yes." };

    private static readonly Option<string?> Fault = new("--fault") { Description = "Let the sample service fail, in this stage, for users who have the flag; or let somebody change the flag by hand at 10 %: drift (to 60 %) or hand-made-zero (to 0 %).", HelpName = "STAGE" };

    private static readonly Option<bool> Keep = new("--keep") { Description = "Keep the demo's folder with databases and logs, and say where it is." };

    private static readonly Option<double> Speed = new("--speed")
    {
        Description = "How many times faster waits pass; 86400 makes a day pass in a second.",
        DefaultValueFactory = _ => DayInASecond,
        HelpName = "FACTOR",
    };

    public static Command Create(Terminal terminal)
    {
        var command = new ExampledCommand("demo", "Rolls a feature of a sample service out from a canary to everybody, before your eyes.")
        {
            Remarks = """
                Starts a real server on SQLite and a sample web service, both on free ports of this machine, and carries out
                playbooks/web4-mycelia.yaml. Only waits are compressed; time-outs, objectives and records use the real clock.
                Ends with 0 when the outcome is the expected one, and leaves nothing behind.
                """,
            Examples =
            [
                new("./rollout demo", "Asks you for the approvals."),
                new("./rollout demo --yes", "Answers them itself; takes about half a minute."),
                new("./rollout demo --yes --fault ten-percent", "The service fails at 10 %; the run must notice and take everything back."),
                new("./rollout demo --yes --fault drift", "Somebody changes the flag by hand; the run must notice, hold and soak anew."),
                new("./rollout demo --yes --fault hand-made-zero", "Somebody sets the flag to 0 % by hand; the rollback must leave it there."),
            ],
        };
        foreach (var option in new Option[] { Yes, Fault, Keep, Speed }) command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(Speed) is { } given && !given.Errors.Any() && result.GetValue(Speed) is not (>= 1 and <= 10_000_000)) result.AddError("--speed: expected a factor from 1 to 10000000.");
        });
        command.SetAction((parsed, cancellation) => new DemoRun(terminal.Wrapped(Width), new DemoOptions
        {
            Yes = parsed.GetValue(Yes),
            Fault = parsed.GetValue(Fault),
            Keep = parsed.GetValue(Keep),
            Speed = parsed.GetValue(Speed),
            // The soaks' latest ends twice over, and a minute for everything that is not compressed; timers take no more than 20 days.
            Deadline = TimeSpan.FromMinutes(1) + TimeSpan.FromDays(Math.Min(20, 70 / parsed.GetValue(Speed))),
        }).RunAsync(cancellation));
        return command;
    }
}
