namespace RolloutWorkflows.Cli;

/// <summary>Nothing answers at the server's address, or not as a rollout server does.</summary>
internal sealed class ServerUnreachableException(Uri server, string why)
    : Exception($"no rollout server answers at {server.GetLeftPart(UriPartial.Authority)}: {why}. Start one with `rollout serve`, or name another with --server or ROLLOUT_SERVER.");
