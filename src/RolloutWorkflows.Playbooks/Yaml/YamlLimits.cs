namespace RolloutWorkflows.Playbooks.Yaml;

/// <summary>What a playbook's file may cost to read.</summary>
internal static class YamlLimits
{
    /// <summary>UTF-8 bytes.</summary>
    public const int MaximumBytes = 1024 * 1024;

    public const int MaximumDepth = 64;

    public const int MaximumAliases = 100;

    /// <summary>Nodes once aliases are followed: 100 aliases of aliases would otherwise still make a bomb.</summary>
    public const int MaximumNodes = 100_000;
}
