using System.CommandLine;

namespace RolloutWorkflows.Cli;

internal static class StepsCommand
{
    public static Command Create(Terminal terminal) => new ExampledCommand("steps", "x");
}
