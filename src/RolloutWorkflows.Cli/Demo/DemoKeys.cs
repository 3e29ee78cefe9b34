using RolloutWorkflows.Host;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Cli;

/// <summary>The keys of the demo's people and of its service, minted as an operator would; they exist in memory only and end with the demo's folder.</summary>
internal sealed class DemoKeys
{
    /// <summary>Who starts the run, and therefore may not approve it.</summary>
    public const string Starter = "ada";

    /// <summary>Longer than any demo, and no longer.</summary>
    private static readonly TimeSpan Validity = TimeSpan.FromDays(30);

    private readonly Dictionary<string, string> ofPersons;

    private DemoKeys(Dictionary<string, string> ofPersons, string ofService)
    {
        this.ofPersons = ofPersons;
        Service = ofService;
    }

    /// <summary>A reader's key, for the service that asks for its flags.</summary>
    public string Service { get; }

    public IReadOnlyCollection<string> Persons => ofPersons.Keys;

    /// <param name="files">The demo's folder, configured.</param>
    /// <param name="playbook">Its people each get an operator's key, and one of them an admin's.</param>
    /// <param name="time">The clock.</param>
    public static DemoKeys Mint(DemoFiles files, Playbook playbook, TimeProvider time)
    {
        var keys = KeyFile.Of(HostLocations.Find(files.Folder, dataFolder: null), time);
        var expiry = time.GetUtcNow() + Validity;
        string Mint(string name, bool isService, KeyRole role) => keys.Add(new KeyOwner(name, isService), role, expiry).Text;
        return new DemoKeys(
            (playbook.People?.Persons.Keys ?? []).ToDictionary(person => person, person => Mint(person, isService: false, person == DemoOutsider.Outsider ? KeyRole.Admin : KeyRole.Operator)),
            Mint("web4-service", isService: true, KeyRole.Reader));
    }

    public string Of(string person) => ofPersons[person];
}
