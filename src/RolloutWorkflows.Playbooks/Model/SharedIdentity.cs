namespace RolloutWorkflows.Playbooks;

/// <summary>An identity that several persons claim, so that nobody can say who answered.</summary>
/// <param name="Channel"><c>github</c> or <c>slack</c>.</param>
/// <param name="Id">As it stands with the persons.</param>
/// <param name="Persons">Their names, in the order of the file.</param>
public sealed record SharedIdentity(string Channel, string Id, IReadOnlyList<string> Persons);
