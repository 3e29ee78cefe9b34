using System.CommandLine.Parsing;

namespace RolloutWorkflows.Cli;

/// <summary>A command's words from the program's name down.</summary>
internal static class CommandPath
{
    public static string Of(CommandResult result) => result.Parent is CommandResult parent ? $"{Of(parent)} {result.Command.Name}" : "rollout";
}
