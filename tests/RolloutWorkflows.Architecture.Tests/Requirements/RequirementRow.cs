namespace RolloutWorkflows.Architecture.Tests.Requirements;

/// <summary>One thing that staged rollouts ask for.</summary>
/// <param name="Id">Such as <c>B3</c>.</param>
/// <param name="Asks">What is asked, in a line.</param>
/// <param name="Playbooks">The playbooks whose originals ask for it.</param>
/// <param name="ShownElsewhere">Where it is to be shown, if not by a playbook's tests; null: by them.</param>
internal sealed record RequirementRow(string Id, string Asks, IReadOnlyList<string> Playbooks, string? ShownElsewhere = null);
