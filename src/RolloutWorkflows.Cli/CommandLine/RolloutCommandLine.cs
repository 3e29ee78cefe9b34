using System.CommandLine;
using System.CommandLine.Help;

namespace RolloutWorkflows.Cli;

/// <summary>The whole command tree.</summary>
internal static class RolloutCommandLine
{
    public static RootCommand Create(Terminal terminal)
    {
        var root = new RootCommand("Carries out staged-rollout playbooks durably: start a run, watch it, answer its questions, take it back.");
        Command[] commands =
        [
            DemoCommand.Create(terminal),
            ServeCommand.Create(terminal),
            ValidateCommand.Create(terminal),
            PlanCommand.Create(terminal),
            SimulateCommand.Create(terminal),
            RehearseCommand.Create(terminal),
            StepsCommand.Create(terminal),
            StartCommand.Create(terminal),
            ListCommand.Create(terminal),
            StatusCommand.Create(terminal),
            WatchCommand.Create(terminal),
            .. RunCommands.Create(terminal),
            AttachCommand.Create(terminal),
            OutboxCommand.Create(terminal),
            EvidenceCommand.Create(terminal),
            ReviewCommand.Create(terminal),
            FlagsCommand.Create(terminal),
            MetricCommand.Create(terminal),
            DoctorCommand.Create(terminal),
            PlaybooksCommand.Create(terminal),
            KeysCommand.Create(terminal),
            LoginCommand.Create(terminal),
        ];
        foreach (var command in commands)
        {
            root.Add(command);
            TakeKeys(command);
        }

        root.SetAction(parsed => new HelpAction().Invoke(parsed));
        foreach (var help in root.Options.OfType<HelpOption>()) help.Action = new HelpWithExamples();
        return root;
    }

    /// <summary>Whatever talks to a server can be told where the key is.</summary>
    private static void TakeKeys(Command command)
    {
        if (command.Options.Contains(CommonOptions.Server)) command.Add(CommonOptions.KeyFile);
        foreach (var child in command.Subcommands) TakeKeys(child);
    }
}
