namespace RolloutWorkflows.Cli;

/// <summary>The demo's people at their keyboards: each talks to the server with a key of their own.</summary>
internal sealed class DemoPeople(Uri server, DemoKeys keys) : IDisposable
{
    private readonly Dictionary<string, RolloutClient> clients = keys.Persons.ToDictionary(person => person, person => new RolloutClient(server, keys.Of(person)));

    public string StarterName => keys.Starter;

    public RolloutClient Starter => clients[keys.Starter];

    public RolloutClient this[string person] => clients[person];

    public bool Has(string person) => clients.ContainsKey(person);

    public void Dispose()
    {
        foreach (var client in clients.Values) client.Dispose();
    }
}
