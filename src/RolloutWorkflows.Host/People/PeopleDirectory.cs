using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Host;

/// <summary>Who is asked: the operator's people, and the playbook's own only where the host's configuration believes them.</summary>
internal sealed class PeopleDirectory(HostLocations locations, HostConfiguration configuration)
{
    /// <summary>The operator's file; null where there is none.</summary>
    public string? File => Find(locations.Root, configuration.Rollout.People);

    /// <summary>The file that the configuration names, else <c>people.yaml</c> where it exists.</summary>
    public static string? Find(string root, string? named)
    {
        if (named is not null) return Path.GetFullPath(named, root);
        var usual = Path.Combine(root, "people.yaml");
        return System.IO.File.Exists(usual) ? usual : null;
    }

    /// <summary>The people of a run that starts now.</summary>
    /// <exception cref="HostConfigurationException">The file of people cannot be used.</exception>
    public People Of(Playbook playbook)
    {
        var own = File is { } file ? PeopleFile.Read(file) : new People();
        if (!configuration.Rollout.AllowPlaybookPeople || playbook.People is not { } stated) return own;

        // Where both name somebody, the operator's word counts.
        return new People { Persons = Merge(stated.Persons, own.Persons), Groups = Merge(stated.Groups, own.Groups) };
    }

    private static Dictionary<string, T> Merge<T>(IReadOnlyDictionary<string, T> weaker, IReadOnlyDictionary<string, T> stronger)
    {
        var merged = new Dictionary<string, T>(weaker, StringComparer.Ordinal);
        foreach (var (name, value) in stronger) merged[name] = value;
        return merged;
    }
}
