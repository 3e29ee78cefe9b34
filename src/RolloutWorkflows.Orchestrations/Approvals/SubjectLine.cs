using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>One thing that an approval is an approval of, as people are shown it.</summary>
/// <param name="BoundBy">The word of <c>bindTo</c> that it comes from.</param>
/// <param name="What">What it is, such as <c>guardrail error-rate</c> or <c>step deploy</c>; unique in its subject.</param>
/// <param name="Value">How it stands: a verdict, a resolved step, a digest. Never a raw measurement.</param>
public sealed record SubjectLine(ApprovalBinding BoundBy, string What, string Value);
