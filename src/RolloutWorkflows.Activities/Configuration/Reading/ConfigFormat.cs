namespace RolloutWorkflows.Activities;

/// <summary>How a configuration file is written.</summary>
internal enum ConfigFormat
{
    Toml,
    Yaml,
    Json,

    /// <summary>Lines of <c>NAME=value</c>; every value is a text.</summary>
    Environment,
}
