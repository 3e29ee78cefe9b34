using System.Collections.Concurrent;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Simulation;

/// <summary>What the guardrails of a simulated run have come to, stage by stage. Thread-safe.</summary>
internal sealed class SimulationTally
{
    private readonly ConcurrentDictionary<(string Stage, int Attempt), IReadOnlyList<GuardrailStatus>> stages = new();

    /// <summary>Keeps where a stage's guardrails stand.</summary>
    public void Keep(SoakInput input, SoakLedger ledger) => stages[(input.Stage, input.Attempt)] = [.. ledger.Tracks.Select(track => track.Status)];

    /// <summary>The guardrails of an attempt at a stage; none where it was never watched.</summary>
    public IReadOnlyList<GuardrailStatus> Of(string stage, int attempt) => stages.GetValueOrDefault((stage, attempt)) ?? [];

    /// <summary>How many measurements were judged in all.</summary>
    public long Measurements => stages.Values.Sum(guardrails => guardrails.Sum(guardrail => (long)guardrail.Measured));
}
