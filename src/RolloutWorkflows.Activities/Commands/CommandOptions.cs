namespace RolloutWorkflows.Activities;

/// <summary>Which commands playbooks may run, and where what they come to is kept. Register it as a singleton before the activities.</summary>
public sealed record CommandOptions
{
    /// <summary>By the names that playbooks use.</summary>
    public IReadOnlyDictionary<string, AllowedCommand> Commands { get; init; } = new Dictionary<string, AllowedCommand>();

    /// <summary>Where commands run that state no folder of their own.</summary>
    public string Root { get; init; } = AppContext.BaseDirectory;

    /// <summary>Where running commands leave what they come to, so that a restarted server finds it.</summary>
    public string Folder { get; init; } = Path.Combine(Path.GetTempPath(), "rollout-commands");
}
