using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>Asks for one effect to be undone. Safe to repeat: the present value is compared first.</summary>
public sealed record CompensationRequest
{
    public required string RunId { get; init; }

    public required string EffectId { get; init; }

    public required int Epoch { get; init; }

    /// <summary>The one surface that goes back; null: the whole run.</summary>
    public string? Surface { get; init; }

    /// <summary>Who or what caused the rollback.</summary>
    public required string Actor { get; init; }

    public required string Reason { get; init; }

    /// <summary>The percentage to fall back to instead of the prior value, where the playbook says so.</summary>
    public double? Percent { get; init; }

    /// <summary>The playbook's name, for an undo that states it.</summary>
    public string Playbook { get; init; } = "";

    /// <summary>The playbook's metrics, for an undo that names one.</summary>
    public IReadOnlyDictionary<string, Metric> Metrics { get; init; } = new Dictionary<string, Metric>();

    /// <summary>The playbook's channels, for an undo that names one.</summary>
    public Channels Channels { get; init; } = new();
}
