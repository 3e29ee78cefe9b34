using RolloutWorkflows.Activities;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Cli;

/// <summary>Reads a playbook file for the commands that need no server.</summary>
internal static class PlaybookText
{
    /// <exception cref="CommandFailedException">The file cannot be read.</exception>
    public static PlaybookLoadResult Load(string file)
    {
        try
        {
            return PlaybookLoader.Load(File.ReadAllText(file), file, StepCatalog.BuiltIn);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(ExitCode.Usage, $"{file}: cannot be read: {error.Message}");
        }
    }
}
