namespace RolloutWorkflows.Host;

/// <summary>What the holder of a key may do. Each role includes those before it.</summary>
public enum KeyRole
{
    /// <summary>Sees runs, playbooks and flags, and evaluates flags.</summary>
    Reader,

    /// <summary>Also starts runs, commands them and changes flags; the usual role of people.</summary>
    Operator,

    /// <summary>Also what the commands keep for admins, and starts playbooks that are not in the catalog.</summary>
    Admin,
}
