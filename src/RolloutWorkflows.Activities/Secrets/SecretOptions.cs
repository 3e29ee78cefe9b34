namespace RolloutWorkflows.Activities;

/// <summary>The secrets that the host's configuration names. Register it as a singleton before the activities.</summary>
public sealed record SecretOptions
{
    /// <summary>Where each lies, by name.</summary>
    public IReadOnlyDictionary<string, SecretLocation> Secrets { get; init; } = new Dictionary<string, SecretLocation>();

    /// <summary>The value of a setting or environment variable; null where there is none. Default: the process's environment.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;
}
