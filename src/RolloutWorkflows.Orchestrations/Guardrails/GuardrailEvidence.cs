namespace RolloutWorkflows.Orchestrations;

/// <summary>What a guardrail said last: a verdict, not a value, since approvals are bound to verdicts.</summary>
public sealed record GuardrailEvidence(string Guardrail, MeasurementVerdict Verdict)
{
    /// <summary>The verdicts of a ledger that are not what they were. Pure; shadow guardrails are no evidence.</summary>
    public static IReadOnlyList<GuardrailEvidence> Changes(SoakLedger before, SoakLedger after) =>
    [
        .. after.Tracks
            .Where(track => track.Rule.Mode == Playbooks.GuardrailMode.Enforce && track.Status.Last is not null)
            .Select(track => new GuardrailEvidence(track.Rule.Name, track.Status.Last!.Verdict))
            .Where(now => before.Tracks.FirstOrDefault(track => track.Rule.Name == now.Guardrail)?.Status.Last?.Verdict != now.Verdict),
    ];
}
