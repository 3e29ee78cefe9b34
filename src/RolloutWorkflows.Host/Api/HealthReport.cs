namespace RolloutWorkflows.Host;

/// <summary>The answer of <c>GET /health</c>.</summary>
public sealed record HealthReport
{
    /// <summary><c>healthy</c>, or <c>unhealthy</c> with status 503.</summary>
    public required string Status { get; init; }

    public required string Version { get; init; }

    /// <summary>The server's clock.</summary>
    public required DateTimeOffset Now { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>True where starts may ask for compressed waits.</summary>
    public bool TimeCompressionAllowed { get; init; }

    /// <summary>What is wrong, one sentence each, set-aside runs included; empty where nothing is.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}
