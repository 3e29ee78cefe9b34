namespace RolloutWorkflows.Host;

/// <summary>Where this server's files are, all absolute.</summary>
public sealed record HostLocations
{
    public required string Root { get; init; }

    public required string Data { get; init; }

    public required string Playbooks { get; init; }

    /// <summary>The orchestrations' histories and timers.</summary>
    public string OrchestrationsFile => Path.Combine(Data, "orchestrations.db");

    /// <summary>Flags, effect journal, measurements and run records.</summary>
    public string RolloutsFile => Path.Combine(Data, "rollouts.db");

    internal static HostLocations Of(HostSettings settings, HostConfiguration configuration)
    {
        var root = Path.GetFullPath(settings.Root);
        var data = Path.GetFullPath(settings.DataFolder ?? ".rollout", root);
        return new HostLocations
        {
            Root = root,
            Data = configuration.DurableTask.HubName is { } hub ? Path.Combine(data, hub) : data,
            Playbooks = Path.GetFullPath(configuration.Rollout.Playbooks, root),
        };
    }
}
