namespace RolloutWorkflows.Cli.Tests.Demo;

/// <summary>Whole rollouts with a service under load: alone, since everything else would slow their measurements.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class SlowCollection
{
    public const string Name = "whole rollouts";
}
