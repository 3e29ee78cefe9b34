namespace RolloutWorkflows.Activities;

/// <summary>A metric source that is asked over HTTP. Address and headers may be secrets: they are never logged.</summary>
public abstract record HttpSource
{
    /// <summary>Absolute, http or https.</summary>
    public required Uri Url { get; init; }

    /// <summary>How long an answer may take; default 5 s, at most 30 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>How to sign in; default not at all.</summary>
    public HttpCredentials Credentials { get; init; } = new();
}
