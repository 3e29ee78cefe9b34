namespace RppChain;

/// <summary>What telemetry says of the chain at one moment.</summary>
internal sealed record ChainMetrics
{
    /// <summary>Counts up, one every hour while consensus works.</summary>
    public required double FinalizedEpochs { get; init; }

    /// <summary>Seconds, the 95th percentile.</summary>
    public required double ConsensusLatency { get; init; }

    /// <summary>Validators that voted in the last round, a share of 1.</summary>
    public required double ConsensusVotes { get; init; }

    /// <summary>Seconds from a block to its proof, the 95th percentile.</summary>
    public required double ProofLatency { get; init; }

    /// <summary>Blocks that wait for their proof.</summary>
    public required double ProofQueue { get; init; }

    /// <summary>A share of 1.</summary>
    public required double VrfParticipation { get; init; }

    /// <summary>Messages between validators that arrive, a share of 1.</summary>
    public required double GossipStability { get; init; }

    /// <summary>Rewards of the last minutes that were not paid.</summary>
    public required double RewardErrors { get; init; }

    /// <summary>Witnesses that are relayed, a share of 1.</summary>
    public required double WitnessRelay { get; init; }

    /// <summary>Peers that leave, a second.</summary>
    public required double NetworkChurn { get; init; }
}
