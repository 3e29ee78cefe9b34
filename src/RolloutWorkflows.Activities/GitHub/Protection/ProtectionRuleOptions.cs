using System.Collections.Immutable;

namespace RolloutWorkflows.Activities;

/// <summary>For which runs environments of GitHub Actions wait, as the operator says. Register it as a singleton before the activities. Immutable.</summary>
public sealed record ProtectionRuleOptions
{
    /// <summary>Rules by repository and by environment.</summary>
    public IReadOnlyDictionary<GitHubRepository, IReadOnlyDictionary<string, ProtectionRule>> Rules { get; init; } =
        ImmutableDictionary<GitHubRepository, IReadOnlyDictionary<string, ProtectionRule>>.Empty;

    /// <summary>The rule of an environment; null: none.</summary>
    public ProtectionRule? Find(GitHubRepository repository, string environment) =>
        Rules.TryGetValue(repository, out var environments) ? environments.GetValueOrDefault(environment) : null;
}
