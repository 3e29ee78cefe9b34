namespace RolloutWorkflows.Orchestrations;

/// <summary>An incident that a run opened and that nobody has closed.</summary>
/// <param name="Issue"><c>owner/name#12</c>.</param>
/// <param name="Title">Its title.</param>
/// <param name="Url">Its page.</param>
public sealed record OpenIncident(string Issue, string Title, string Url);
