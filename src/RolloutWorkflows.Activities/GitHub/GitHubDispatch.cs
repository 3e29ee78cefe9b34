namespace RolloutWorkflows.Activities;

/// <summary>What GitHub said about a workflow that it was told to run.</summary>
/// <param name="RunId">The workflow run; null: this GitHub does not say, and the run is to be found among those of the workflow created since.</param>
/// <param name="Url">The workflow run's page.</param>
public sealed record GitHubDispatch(long? RunId, string? Url);
