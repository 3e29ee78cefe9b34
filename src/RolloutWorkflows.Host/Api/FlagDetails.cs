using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary>The answer of <c>GET /flags/{flag}</c>.</summary>
public sealed record FlagDetails
{
    public required FlagState Flag { get; init; }

    /// <summary>The last changes, newest first.</summary>
    public required IReadOnlyList<FlagAuditEntry> Audit { get; init; }
}
