namespace RolloutWorkflows.Orchestrations;

/// <summary>Asks for one effect to be undone. Safe to repeat: the present value is compared first.</summary>
public sealed record CompensationRequest
{
    public required string RunId { get; init; }

    public required string EffectId { get; init; }

    public required int Epoch { get; init; }

    /// <summary>Who or what caused the rollback.</summary>
    public required string Actor { get; init; }

    public required string Reason { get; init; }

    /// <summary>The percentage to fall back to instead of the prior value, where the playbook says so.</summary>
    public double? Percent { get; init; }
}
