namespace RppChain;

/// <summary>What can be wrong with the chain. A fault of the new code shows only where its gate is on.</summary>
internal static class Fault
{
    /// <summary>Malachite consensus loses gossip between validators: where <c>malachite_consensus</c> is on.</summary>
    public const string GossipUnstable = "gossip-unstable";

    /// <summary>Rewards are not paid: where <c>timetoke_rewards</c> is on.</summary>
    public const string RewardErrors = "reward-errors";

    /// <summary>No block is finalized any more: where <c>witness_network</c> is on.</summary>
    public const string ConsensusStall = "consensus-stall";

    /// <summary>Everything stops and the storage is damaged, whatever the gates say; it pages.</summary>
    public const string ChainHalt = "chain-halt";

    /// <summary>Consensus takes four seconds: slower than it was, and within its limit.</summary>
    public const string Slow = "slow";

    /// <summary>Blocks wait for their proofs, and proofs take half a minute; nothing else is wrong.</summary>
    public const string ProofsLate = "proofs-late";

    /// <summary>A peer is gone and an alert pages; nothing else is wrong.</summary>
    public const string PeerLost = "peer-lost";

    /// <summary>The alert that always fires does not: nobody would hear of another.</summary>
    public const string AlertingDead = "alerting-dead";

    /// <summary>The automation cannot make fresh nodes.</summary>
    public const string NoNodes = "no-nodes";

    /// <summary>Consensus takes a minute, whatever the gates say.</summary>
    public const string LatencySpike = "latency-spike";

    public static readonly IReadOnlyList<string> Known = [GossipUnstable, RewardErrors, ConsensusStall, ChainHalt, LatencySpike, Slow, ProofsLate, PeerLost, AlertingDead, NoNodes];
}
