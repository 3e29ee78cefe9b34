namespace RolloutWorkflows.Host;

/// <summary>The configuration cannot be used; carries every problem found, not only the first.</summary>
public sealed class HostConfigurationException(IReadOnlyList<string> problems)
    : Exception("The configuration cannot be used:" + string.Concat(problems.Select(problem => "\n  " + problem)))
{
    /// <summary>Each: file and key, expected against got, what to do.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;

    /// <summary>True where not a file but what the server was started with is wrong.</summary>
    public bool IsOption { get; init; }
}
