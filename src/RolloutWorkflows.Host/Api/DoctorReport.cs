namespace RolloutWorkflows.Host;

/// <summary>The answer of <c>GET /api/doctor</c>: what of this server works, in the order in which to mend it.</summary>
public sealed record DoctorReport
{
    /// <summary>The server's clock.</summary>
    public required DateTimeOffset Now { get; init; }

    public required string Version { get; init; }

    public required IReadOnlyList<DoctorCheck> Checks { get; init; }
}
