namespace RolloutWorkflows.CommandRunner;

/// <summary>How a command came to its end.</summary>
public enum CommandEnd
{
    /// <summary>By itself, with an exit code.</summary>
    Exited,

    /// <summary>It took too long, and was ended with everything that it had started.</summary>
    TimedOut,

    /// <summary>It was told to stop, and was ended with everything that it had started.</summary>
    Stopped,

    /// <summary>It could not be started: nothing ran.</summary>
    NotStarted,
}
