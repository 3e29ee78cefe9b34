using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Simulation;

/// <summary>Asks for what guardrails are compared with.</summary>
/// <param name="RunId">The run that captured it.</param>
/// <param name="Guardrails">Those with a captured baseline.</param>
internal sealed record CapturesRequest(string RunId, IReadOnlyList<Guardrail> Guardrails);
