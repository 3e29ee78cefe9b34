namespace RolloutWorkflows.Activities;

/// <summary>A box that was ticked or unticked between two states of a release issue's body.</summary>
/// <param name="Box">Which one.</param>
/// <param name="Ticked">How it stands afterwards.</param>
public sealed record IssueTick(IssueBox Box, bool Ticked);
