using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Host;

/// <summary>The holidays that this host's configuration names. Files are read at each start of a run, and the run keeps what was read.</summary>
internal sealed class HolidayDirectory(HostLocations locations, HostConfiguration configuration)
{
    /// <summary>The files by the names that playbooks use.</summary>
    public IReadOnlyDictionary<string, string> Files { get; } =
        configuration.Rollout.Holidays.ToDictionary(pair => pair.Key, pair => Path.GetFullPath(pair.Value, locations.Root), StringComparer.Ordinal);

    /// <summary>The names that a playbook's windows use.</summary>
    public static IEnumerable<string> NamesIn(Playbook playbook) =>
        playbook.Stages.Select(stage => stage.Windows?.Holidays).Append(playbook.Windows?.Holidays).OfType<string>().Distinct(StringComparer.Ordinal);

    /// <summary>What the playbook's windows use and the configuration knows.</summary>
    /// <exception cref="HostConfigurationException">A file cannot be used.</exception>
    public IReadOnlyDictionary<string, IReadOnlyList<Holiday>> Of(Playbook playbook) =>
        NamesIn(playbook).Where(Files.ContainsKey).ToDictionary(name => name, name => HolidayFile.Read(Files[name]), StringComparer.Ordinal);
}
