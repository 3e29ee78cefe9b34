namespace RolloutWorkflows.Activities;

/// <summary>A file that a playbook names cannot be used. The message says why, for people.</summary>
internal sealed class PlaybookFileException(string message) : Exception(message)
{
    /// <summary>The message as a sentence of its own.</summary>
    public string Sentence => char.ToUpperInvariant(Message[0]) + Message[1..] + ".";
}
