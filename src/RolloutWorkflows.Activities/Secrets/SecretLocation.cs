namespace RolloutWorkflows.Activities;

/// <summary>Where a secret lies: exactly one of an environment variable and a file. Never the secret itself.</summary>
public sealed record SecretLocation
{
    /// <summary>What the configuration calls it, for messages.</summary>
    public required string Name { get; init; }

    /// <summary>The setting or environment variable that holds it.</summary>
    public string? Environment { get; init; }

    /// <summary>The absolute path of the file that holds it. It is read at each use, so that a rotated secret counts at once.</summary>
    public string? File { get; init; }

    /// <summary>True: a text of several lines, such as a private key. Otherwise a line break is taken for a mistake.</summary>
    public bool Multiline { get; init; }
}
