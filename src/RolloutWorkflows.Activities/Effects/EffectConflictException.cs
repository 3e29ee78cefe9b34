namespace RolloutWorkflows.Activities;

/// <summary>The target does not stand as the change expects it; nothing was changed.</summary>
internal sealed class EffectConflictException(string message) : Exception(message);
