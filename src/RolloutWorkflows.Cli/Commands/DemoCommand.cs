using System.CommandLine;

namespace RolloutWorkflows.Cli;

internal static class DemoCommand
{
    public static Command Create(Terminal terminal) => new ExampledCommand("demo", "x");
}
