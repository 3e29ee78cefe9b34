namespace RolloutWorkflows.Playbooks;

/// <summary>Persons and groups. A person has one identity, however many channels.</summary>
public sealed record People
{
    public IReadOnlyDictionary<string, Person> Persons { get; init; } = new Dictionary<string, Person>();

    /// <summary>Group name to the names of its persons.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Groups { get; init; } = new Dictionary<string, IReadOnlyList<string>>();
}
