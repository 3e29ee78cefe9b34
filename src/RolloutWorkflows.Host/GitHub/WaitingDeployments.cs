using System.Globalization;
using System.Text.RegularExpressions;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary>Hands deployments that wait for this host's protection rule to whoever answers them. Thread-safe.</summary>
internal sealed partial class WaitingDeployments(GitHubOptions gitHub, IEnumerable<IProtectionRules> rules)
{
    public async Task<GitHubTaken> TakeAsync(GitHubDelivery delivery)
    {
        if (delivery.Action != "requested") return GitHubTaken.Ignored($"no rollout listens to {delivery.Name}");
        if (QuestionOf(delivery) is not { } question) return GitHubTaken.Ignored("it names no repository, no environment, or no workflow run of the connected GitHub");
        var said = new List<string>();
        foreach (var rule in rules) said.Add(await rule.AskAsync(question));
        return said.Count == 0 ? GitHubTaken.Ignored("no rollout answers deployment protection rules") : new GitHubTaken(string.Join(' ', said));
    }

    /// <summary>Only the address that is to be called back names the workflow run. It is never called: the client makes its own, and only at the configured GitHub.</summary>
    private ProtectionQuestion? QuestionOf(GitHubDelivery delivery)
    {
        if (delivery.Repository is not { } repository || GitHubJson.Text(delivery.Payload, "environment") is not { Length: > 0 and <= 255 } environment) return null;
        if (!Uri.TryCreate(GitHubJson.Text(delivery.Payload, "deployment_callback_url"), UriKind.Absolute, out var callback) || !callback.Host.Equals(gitHub.ApiUrl.Host, StringComparison.OrdinalIgnoreCase)) return null;
        var match = Callback().Match(callback.AbsolutePath);
        if (!match.Success || !long.TryParse(match.Groups["run"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var run)) return null;
        if (!GitHubRepository.TryParse(match.Groups["repository"].Value, out var called) || !called.Equals(repository)) return null;
        return new ProtectionQuestion
        {
            Repository = repository.ToString(),
            Environment = environment,
            WorkflowRunId = run,
            Sha = GitHubJson.Text(delivery.Payload, "deployment", "sha"),
            Ref = GitHubJson.Text(delivery.Payload, "deployment", "ref"),
        };
    }

    [GeneratedRegex("/repos/(?<repository>[^/]+/[^/]+)/actions/runs/(?<run>[0-9]{1,18})/deployment_protection_rule$", RegexOptions.CultureInvariant)]
    private static partial Regex Callback();
}
