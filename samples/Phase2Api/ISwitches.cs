namespace Phase2Api;

/// <summary>What decides from outside who gets phase 2.</summary>
public interface ISwitches
{
    /// <summary>Whether the flag is on for this name: a user, or a group as <c>group:NAME</c>.</summary>
    Task<bool> HasFlagAsync(string name, CancellationToken cancellation);

    /// <summary>A variable of the gateway's environment file; null where it is not set.</summary>
    string? Variable(string name);
}
