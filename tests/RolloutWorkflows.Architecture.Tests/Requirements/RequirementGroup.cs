namespace RolloutWorkflows.Architecture.Tests.Requirements;

/// <summary>Rows that belong together, under one heading of the page.</summary>
internal sealed record RequirementGroup(string Title, IReadOnlyList<RequirementRow> Rows);
