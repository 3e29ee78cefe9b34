namespace RolloutWorkflows.Playbooks.Grammar;

/// <summary>A mapping with known keys, such as a stage. <see cref="Name"/> carries its article for error texts.</summary>
internal sealed record Shape(string Name, string Description, params IReadOnlyList<Key> Keys)
{
    /// <summary>Of each group exactly one key must be there.</summary>
    public IReadOnlyList<string[]> ExactlyOne { get; init; } = [];

    /// <summary>Of each group at most one key may be there.</summary>
    public IReadOnlyList<string[]> AtMostOne { get; init; } = [];

    /// <summary>The form of every other key, where authors add names of their own.</summary>
    public Form? Others { get; init; }

    public Key? Find(string name) => Keys.FirstOrDefault(key => key.Name == name);
}
