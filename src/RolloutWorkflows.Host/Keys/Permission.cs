namespace RolloutWorkflows.Host;

/// <summary>What a route asks of its caller. Each includes those before it.</summary>
internal enum Permission
{
    /// <summary>Anybody whom the server listens to: only for what says no more than that it is alive.</summary>
    None,

    /// <summary>Whoever a counterpart's signature vouches for. The trigger itself checks it before anything else; keys are not looked at, and without any the server takes nothing this way.</summary>
    Signed,

    /// <summary>Sees runs, playbooks and flags, and evaluates flags.</summary>
    Read,

    /// <summary>Starts runs, commands them, changes flags.</summary>
    Operate,

    /// <summary>Also what only an administrator may.</summary>
    Admin,
}
