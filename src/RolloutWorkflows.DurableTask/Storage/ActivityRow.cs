namespace RolloutWorkflows.DurableTask.Storage;

/// <summary>An activity that was called and has not answered.</summary>
public sealed record ActivityRow
{
    /// <summary>Identifies the call.</summary>
    public required ActivityKey Key { get; init; }

    /// <summary>Name of the activity.</summary>
    public required string Name { get; init; }

    /// <summary>Version; empty when unversioned.</summary>
    public string Version { get; init; } = string.Empty;

    /// <summary>Input, or <see langword="null"/> if none was given.</summary>
    public string? Input { get; init; }

    /// <summary>Tags as a JSON object, or <see langword="null"/> if there are none.</summary>
    public string? Tags { get; init; }

    /// <summary>How often the call was delivered without an end being stored, as far as a process that died lets it be known.</summary>
    public int Attempts { get; init; }
}
