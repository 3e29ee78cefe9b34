using RolloutWorkflows.CommandRunner;

namespace RolloutWorkflows.Activities;

/// <summary>How a command that was started stands.</summary>
/// <param name="IsRunning">True where it still runs.</param>
/// <param name="Result">What it came to; null where it runs, or where nobody knows.</param>
internal sealed record CommandStanding(bool IsRunning, CommandResult? Result)
{
    public static CommandStanding Running { get; } = new(true, null);

    /// <summary>It is gone and left no word: it may have done all, part or nothing of its work.</summary>
    public static CommandStanding Unknown { get; } = new(false, null);

    public static CommandStanding Ended(CommandResult result) => new(false, result);
}
