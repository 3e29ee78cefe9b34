namespace RolloutWorkflows.Host;

/// <summary>What a route asks of its caller. Each includes those before it.</summary>
internal enum Permission
{
    /// <summary>Anybody whom the server listens to: only for what says no more than that it is alive.</summary>
    None,

    /// <summary>Sees runs, playbooks and flags, and evaluates flags.</summary>
    Read,

    /// <summary>Starts runs, commands them, changes flags.</summary>
    Operate,

    /// <summary>Also what only an administrator may.</summary>
    Admin,
}
