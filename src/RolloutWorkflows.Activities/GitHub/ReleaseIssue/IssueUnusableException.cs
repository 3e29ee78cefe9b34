namespace RolloutWorkflows.Activities;

/// <summary>There is no issue that can show the run, and trying again does not help. The message says what to do.</summary>
internal sealed class IssueUnusableException(string message) : Exception(message);
