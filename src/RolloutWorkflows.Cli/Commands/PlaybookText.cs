using RolloutWorkflows.Activities;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Cli;

/// <summary>Reads a playbook file.</summary>
internal static class PlaybookText
{
    /// <exception cref="CommandFailedException">The file cannot be read.</exception>
    public static PlaybookLoadResult Load(string file)
    {
        return PlaybookLoader.Load(Read(file), file, StepCatalog.BuiltIn);
    }

    /// <exception cref="CommandFailedException">The file cannot be read.</exception>
    public static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(ExitCode.Usage, $"{file}: cannot be read: {error.Message}");
        }
    }
}
