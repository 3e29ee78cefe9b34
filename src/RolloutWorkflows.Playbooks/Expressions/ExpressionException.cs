namespace RolloutWorkflows.Playbooks;

/// <summary>A <c>${{ }}</c> expression that cannot be read or resolved. The message names the reference and what is known.</summary>
public sealed class ExpressionException(string message, string reference) : Exception(message)
{
    /// <summary>The reference that failed, such as <c>inputs.flag</c>.</summary>
    public string Reference { get; } = reference;
}
