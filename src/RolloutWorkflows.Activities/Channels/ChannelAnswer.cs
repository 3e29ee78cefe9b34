namespace RolloutWorkflows.Activities;

/// <summary>What a run answered to a command from a channel.</summary>
/// <param name="Accepted">True: carried out. False: refused. Null: stored, not answered yet.</param>
/// <param name="Message">One sentence for the person: what happened, or why not and what would be accepted.</param>
/// <param name="Person">Who it was; null: nobody whom the run knows.</param>
public sealed record ChannelAnswer(bool? Accepted, string Message, string? Person);
