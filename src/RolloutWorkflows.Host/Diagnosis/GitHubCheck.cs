using System.Globalization;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary>Whether GitHub takes us for whom we should be. Changes nothing there.</summary>
internal static class GitHubCheck
{
    private const string Name = "GitHub";

    /// <summary>Below this part of an hour's requests the rest may not do.</summary>
    private const double FewLeft = 0.1;

    /// <summary>The findings; none where the host is not connected.</summary>
    public static async Task<IReadOnlyList<DoctorCheck>> ExamineAsync(IGitHub gitHub, GitHubOptions options, CancellationToken cancellation)
    {
        if (!gitHub.IsConnected) return [];
        try
        {
            return [Judge(await gitHub.DiagnoseAsync(cancellation), options)];
        }
        catch (GitHubException wrong)
        {
            return [new(Name, Health.Fail, $"{options.ApiUrl.Authority}: {wrong.Message}", Advice(wrong.Kind))];
        }
    }

    private static DoctorCheck Judge(GitHubDiagnosis diagnosis, GitHubOptions options)
    {
        var self = diagnosis.Self;
        var shown = string.Create(CultureInfo.InvariantCulture, $"signed in at {options.ApiUrl.Authority} as {self.User.Login} ({self.User.Id}){(self.AppId is { } app ? $", App {app}" : "")}");
        if (diagnosis is { Remaining: { } left, Limit: { } limit, ResetsAt: { } reset })
            shown += string.Create(CultureInfo.InvariantCulture, $"; {left} of {limit} requests left until {reset.UtcDateTime:HH:mm} UTC");
        if (diagnosis.Missing.Count > 0)
            return new(Name, Health.Warn, $"{shown}; it may not do everything: missing {string.Join(", ", diagnosis.Missing)}", "Give the App or the token these permissions, where playbooks need them.");
        if (!diagnosis.PermissionsKnown) shown += "; what the token may do, GitHub does not tell";
        if (diagnosis.Remaining < diagnosis.Limit * FewLeft) return new(Name, Health.Warn, shown, "Something else asks with the same token; give this server one of its own.");
        return options.WebhookSecret is null
            ? new(Name, Health.Warn, $"{shown}; there is no webhookSecret, so comments and ticks are noticed late", "Set extensions.rollout.gitHub.webhookSecret and a webhook to /webhooks/github.")
            : new(Name, Health.Ok, shown);
    }

    private static string Advice(GitHubFailure kind) => kind switch
    {
        GitHubFailure.Unauthorized => "Correct extensions.rollout.gitHub in host.json, or make a new token or key.",
        GitHubFailure.RateLimited or GitHubFailure.Unavailable => "Look again later; runs go on meanwhile, and what they show at GitHub follows.",
        _ => "Correct extensions.rollout.gitHub in host.json: apiUrl, and token or app.",
    };
}
