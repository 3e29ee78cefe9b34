using System.CommandLine;
using System.Runtime.InteropServices;
using RolloutWorkflows.Host;

namespace RolloutWorkflows.Cli;

/// <summary><c>rollout doctor</c>.</summary>
internal static class DoctorCommand
{
    private static readonly TimeSpan TolerableSkew = TimeSpan.FromSeconds(5);

    public static Command Create(Terminal terminal)
    {
        var command = new ExampledCommand("doctor", "Looks at everything that rollouts need, here and on the server, and says what to do about what does not work.")
        {
            Remarks = "Ends with 0 where nothing fails, with 1 where something does, and with 4 where no server answers. Warnings do not count.",
            Examples =
            [
                new("rollout doctor", "One line per thing that was looked at."),
                new("rollout doctor --json | jq '.checks[] | select(.health == \"fail\")'", "Gives what fails to a script."),
            ],
        };
        foreach (var option in new Option[] { CommonOptions.Server, CommonOptions.Json }) command.Add(option);
        command.SetAction(ServerCall.Of(terminal, (client, parsed, cancellation) => ExamineAsync(terminal, client, parsed.GetValue(CommonOptions.Json), cancellation)));
        return command;
    }

    private static async Task<int> ExamineAsync(Terminal terminal, RolloutClient client, bool json, CancellationToken cancellation)
    {
        var checks = new List<DoctorCheck> { new("runtime", Health.Ok, $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}") };
        var exitCode = ExitCode.Ok;
        try
        {
            var asked = terminal.Time.GetUtcNow();
            var health = await client.HealthAsync(cancellation);
            var answered = terminal.Time.GetUtcNow();
            checks.Add(Server(client, health));
            checks.Add(Clock(asked, answered, health.Now));
            checks.AddRange((await client.GetAsync<DoctorReport>("api/doctor", cancellation)).Checks);
        }
        catch (ServerUnreachableException unreachable)
        {
            checks.Add(new("server", Health.Fail, unreachable.Message, "Start it with `rollout serve`, or name another with --server."));
            exitCode = ExitCode.Unreachable;
        }
        catch (ServerProblemException refused)
        {
            checks.Add(new("server", Health.Fail, refused.Problem.Detail, refused.Problem.Remedy));
        }

        if (json) terminal.Json(new { checks });
        else foreach (var check in checks) Write(terminal, check);
        return exitCode != ExitCode.Ok ? exitCode : checks.Exists(check => check.Health == Health.Fail) ? ExitCode.No : ExitCode.Ok;
    }

    private static DoctorCheck Server(RolloutClient client, HealthReport health)
    {
        var own = typeof(DoctorCommand).Assembly.GetName().Version?.ToString(3);
        var at = client.Server.GetLeftPart(UriPartial.Authority);
        if (health.Problems.Count > 0) return new("server", Health.Warn, $"{at}, version {health.Version}: {string.Join("; ", health.Problems)}", "`rollout status RUN` says more about a run.");
        return health.Version == own
            ? new("server", Health.Ok, $"{at}, version {health.Version}")
            : new("server", Health.Warn, $"{at}, version {health.Version}; this command line is {own}", "Use the same version on both sides.");
    }

    private static DoctorCheck Clock(DateTimeOffset asked, DateTimeOffset answered, DateTimeOffset server)
    {
        // The server looked at its clock somewhere in between.
        var skew = server < asked ? server - asked : server > answered ? server - answered : TimeSpan.Zero;
        return skew.Duration() <= TolerableSkew
            ? new("clock", Health.Ok, "the server's clock agrees with this one")
            : new("clock", Health.Warn, $"the server's clock is {Spans.Of(skew.Duration())} {(skew < TimeSpan.Zero ? "behind" : "ahead of")} this one", "Let both follow a time server: windows and deadlines go by the server's clock.");
    }

    private static void Write(Terminal terminal, DoctorCheck check)
    {
        terminal.Line($"{Words.Of(check.Health),-4}  {check.Name}: {check.Message}");
        if (check.Remedy is { } remedy && check.Health != Health.Ok) terminal.Line($"      {remedy}");
    }
}
