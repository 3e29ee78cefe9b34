using System.CommandLine;

namespace RolloutWorkflows.Cli;

internal static class ValidateCommand
{
    public static Command Create(Terminal terminal) => new ExampledCommand("validate", "x");
}
