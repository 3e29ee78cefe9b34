namespace RolloutWorkflows.Activities;

/// <summary>What looking at a place for evidence came to.</summary>
/// <param name="Place">The place's word in the configuration.</param>
/// <param name="Works">True: files can be written there. Null: nothing speaks against it, and only writing would tell.</param>
/// <param name="Message">What was found, without secrets.</param>
public sealed record EvidencePlaceFinding(string Place, bool? Works, string Message);
