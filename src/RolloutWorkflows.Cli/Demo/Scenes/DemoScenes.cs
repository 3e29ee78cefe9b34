namespace RolloutWorkflows.Cli;

/// <summary>Every demo there is, by its playbook.</summary>
internal static class DemoScenes
{
    /// <summary>The one that is shown where nobody names a playbook.</summary>
    public const string Default = "web4-mycelia";

    private static readonly Func<DemoScene>[] Makers =
    [
        () => new Web4MyceliaScene(),
        () => new Phase2ApiScene(),
        () => new CloakScene(),
        () => new SwarmCreditsScene(),
        () => new SwarmHardeningScene(),
        () => new RppChainScene(),
    ];

    /// <summary>A new scene of each.</summary>
    public static IReadOnlyList<DemoScene> All => [.. Makers.Select(make => make())];
}
