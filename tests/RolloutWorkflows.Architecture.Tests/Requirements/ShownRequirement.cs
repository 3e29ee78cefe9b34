namespace RolloutWorkflows.Architecture.Tests.Requirements;

/// <summary>A test that shows a row for a playbook.</summary>
internal sealed record ShownRequirement(string Row, string Playbook, bool IsBadWay, string Test);
