namespace RolloutWorkflows.Activities;

/// <summary>A description cannot be read or compared. The message says why, for people, as the rest of a sentence that names the description.</summary>
internal sealed class ContractException(string message) : Exception(message);
