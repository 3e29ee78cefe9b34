using RolloutWorkflows.Host;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Cli;

/// <summary>The keys of the demo's people and of its sample, minted as an operator would; they exist in memory only and end with the demo's folder.</summary>
internal sealed class DemoKeys
{
    /// <summary>Longer than any demo, and no longer.</summary>
    private static readonly TimeSpan Validity = TimeSpan.FromDays(30);

    private readonly Dictionary<string, string> ofPersons;

    private DemoKeys(string starter, Dictionary<string, string> ofPersons, string ofSample)
    {
        Starter = starter;
        this.ofPersons = ofPersons;
        Sample = ofSample;
    }

    /// <summary>Who starts the run.</summary>
    public string Starter { get; }

    /// <summary>A reader's key, for the sample that asks for its flags.</summary>
    public string Sample { get; }

    public IReadOnlyCollection<string> Persons => ofPersons.Keys;

    /// <param name="scene">Says who starts and who is an admin.</param>
    /// <param name="place">Its folder is configured.</param>
    /// <param name="playbook">Its people each get a key, and so do those of the folder's people.yaml.</param>
    /// <param name="time">The clock.</param>
    public static DemoKeys Mint(DemoScene scene, DemoPlace place, Playbook playbook, TimeProvider time)
    {
        var locations = HostLocations.Find(place.Folder, dataFolder: null);
        var keys = KeyFile.Of(locations, time);
        var expiry = time.GetUtcNow() + Validity;
        string Mint(string name, bool isService, KeyRole role) => keys.Add(new KeyOwner(name, isService), role, expiry).Text;
        var persons = locations.ReadPersons().Concat(playbook.People?.Persons.Keys ?? []).Distinct(StringComparer.Ordinal);
        return new DemoKeys(
            scene.Starter,
            persons.ToDictionary(person => person, person => Mint(person, isService: false, scene.Admins.Contains(person) ? KeyRole.Admin : KeyRole.Operator)),
            Mint(scene.Sample.Assembly, isService: true, KeyRole.Reader));
    }

    public string Of(string person) => ofPersons[person];
}
