using System.CommandLine;

namespace RolloutWorkflows.Cli;

internal static class PlanCommand
{
    public static Command Create(Terminal terminal) => new ExampledCommand("plan", "x");
}
