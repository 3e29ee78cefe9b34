namespace RolloutWorkflows.Orchestrations;

/// <summary>What people are shown of a question, the same in every channel, and kept with each of their votes.</summary>
/// <param name="Digest">Names the prompt and the lines; a vote keeps it.</param>
/// <param name="Lines">The decision pack and the subject in plain text, one fact a line. Texts from outside stand in them as they came: a channel escapes them.</param>
public sealed record ShownToPeople(string Digest, IReadOnlyList<string> Lines);
