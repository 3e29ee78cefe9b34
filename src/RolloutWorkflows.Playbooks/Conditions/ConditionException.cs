namespace RolloutWorkflows.Playbooks;

/// <summary>A condition or an <c>if</c> that cannot be read. The message says what was expected, and what stands there.</summary>
public sealed class ConditionException(string message, string text, int position)
    : FormatException($"{message} at character {position + 1} of '{text}'")
{
    /// <summary>The condition as it was written.</summary>
    public string Text { get; } = text;

    /// <summary>Where in <see cref="Text"/> reading stopped, from 0.</summary>
    public int Position { get; } = position;
}
