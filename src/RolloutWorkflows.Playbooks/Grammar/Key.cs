namespace RolloutWorkflows.Playbooks.Grammar;

/// <summary>One key of a shape.</summary>
internal sealed record Key(string Name, Form Form, string Description)
{
    public bool Required { get; init; }

    /// <summary>The value where the key is absent, as YAML; null: none.</summary>
    public string? Default { get; init; }
}
