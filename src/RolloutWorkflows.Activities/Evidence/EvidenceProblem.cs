namespace RolloutWorkflows.Activities;

/// <summary>One thing that does not fit.</summary>
/// <param name="Number">The document concerned.</param>
/// <param name="File">Its file, as it was given.</param>
/// <param name="Kind">What is wrong, in a word for scripts: <c>edited</c>, <c>missing</c>, <c>reordered</c>, <c>inserted</c>, <c>truncated</c>, <c>signature</c>, <c>unreadable</c>.</param>
/// <param name="Message">The same in a sentence.</param>
public sealed record EvidenceProblem(int Number, string File, string Kind, string Message);
