namespace RolloutWorkflows.Playbooks;

/// <summary>What a code means, why it arises, and what to do. Codes are never reused.</summary>
/// <param name="Code">The stable code, such as <c>RW1010</c>.</param>
/// <param name="Title">A few words.</param>
/// <param name="Cause">Why it arises.</param>
/// <param name="Fix">What to do.</param>
/// <param name="Severity">Whether it stops the playbook.</param>
public sealed record ProblemCode(string Code, string Title, string Cause, string Fix, ProblemSeverity Severity = ProblemSeverity.Error);
