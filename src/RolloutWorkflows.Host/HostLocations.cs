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

    /// <summary>The operator's persons and groups; null where there is no such file.</summary>
    public string? People { get; init; }

    /// <summary>The ids of the persons whom the operator names; empty where nobody is named.</summary>
    /// <exception cref="HostConfigurationException">The file of people cannot be used.</exception>
    public IReadOnlyList<string> ReadPersons() => People is { } file ? [.. PeopleFile.Read(file).Persons.Keys] : [];

    /// <summary>The places of the server that would be started with this root and data folder, without building one.</summary>
    /// <exception cref="HostConfigurationException">The root does not exist, or its configuration does not say where.</exception>
    public static HostLocations Find(string root, string? dataFolder) =>
        Of(new HostSettings { Root = root, DataFolder = dataFolder }, HostConfigurationReader.ReadPlaces(RequireRoot(root)));

    /// <exception cref="HostConfigurationException">The folder does not exist.</exception>
    internal static string RequireRoot(string root)
    {
        var full = Path.GetFullPath(root);
        return Directory.Exists(full) ? full
            : throw new HostConfigurationException([$"--root: the folder '{full}' does not exist; expected the folder with host.json and the playbooks. Correct the path, or create the folder."]) { IsOption = true };
    }

    internal static HostLocations Of(HostSettings settings, HostConfiguration configuration)
    {
        var root = Path.GetFullPath(settings.Root);
        var data = Path.GetFullPath(settings.DataFolder ?? ".rollout", root);
        return new HostLocations
        {
            Root = root,
            Data = configuration.DurableTask.HubName is { } hub ? Path.Combine(data, hub) : data,
            People = PeopleDirectory.Find(root, configuration.Rollout.People),
            Playbooks = Path.GetFullPath(configuration.Rollout.Playbooks, root),
        };
    }
}
