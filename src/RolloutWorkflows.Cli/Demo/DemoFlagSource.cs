namespace RolloutWorkflows.Cli;

/// <summary>Where the sample service asks for its flag.</summary>
/// <param name="Server">The rollout server.</param>
/// <param name="Key">The service's key; it goes through the environment, never through a command line.</param>
/// <param name="Flag">The flag of its feature.</param>
internal sealed record DemoFlagSource(Uri Server, string Key, string Flag);
