namespace RolloutWorkflows.Activities;

/// <summary>A program that the operator lets playbooks run by a name. Immutable.</summary>
public sealed record AllowedCommand
{
    /// <summary>The program: an absolute path, or a name that is looked up on the server's <c>PATH</c>. No shell reads it.</summary>
    public required string File { get; init; }

    /// <summary>Arguments that stand before those of a playbook.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Absolute; null: the server's root.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>The whole environment of the program; nothing of the server's own is handed on.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Names of variables that playbooks may set beside; none by default, since some variables make programs load what they name.</summary>
    public IReadOnlyList<string> Variables { get; init; } = [];

    /// <summary>How long it may take, in real time, whatever a playbook says.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How many characters of its output are kept, the last ones.</summary>
    public int OutputLimit { get; init; } = 16 * 1024;
}
