using System.CommandLine;

namespace RolloutWorkflows.Cli;

internal static class FlagsCommand
{
    public static Command Create(Terminal terminal) => new ExampledCommand("flags", "x");
}
