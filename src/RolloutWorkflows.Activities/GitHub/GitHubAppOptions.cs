namespace RolloutWorkflows.Activities;

/// <summary>How the host signs in as a GitHub App.</summary>
/// <param name="Id">The App's number or client id.</param>
/// <param name="PrivateKey">The name of the secret that holds its private key in PEM.</param>
/// <param name="InstallationId">The installation; null: found by the repository that is asked about.</param>
public sealed record GitHubAppOptions(string Id, string PrivateKey, long? InstallationId);
