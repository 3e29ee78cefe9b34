using System.Text.Json.Serialization;

namespace RolloutWorkflows.Host;

/// <summary>The answer to a command that was not refused.</summary>
public sealed record CommandAnswer
{
    public required string RunId { get; init; }

    public required string CommandId { get; init; }

    /// <summary>False with status 202: the command is stored and will be answered, but was not yet.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required bool Accepted { get; init; }

    /// <summary>The run's own words.</summary>
    public required string Message { get; init; }
}
