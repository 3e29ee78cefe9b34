namespace RolloutWorkflows.Playbooks.Yaml;

/// <summary>The text cannot be read as YAML at all, or breaks a limit; reading stops here.</summary>
internal sealed class YamlRefusedException(ProblemCode code, string message, Place place) : Exception(message)
{
    public ProblemCode Code { get; } = code;

    public Place Place { get; } = place;
}
