using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary>Whether Slack takes us for whom we should be, and whether anything said there arrives here. Changes nothing there.</summary>
internal sealed class SlackCheck(ISlack slack, SlackOptions options, SlackSocket socket)
{
    private const string Name = "Slack";

    private static readonly string[] Needed = ["chat:write", "commands", "channels:history"];

    /// <summary>The findings; none where the host is not connected.</summary>
    public async Task<IReadOnlyList<DoctorCheck>> ExamineAsync(CancellationToken cancellation)
    {
        if (!slack.IsConnected) return [];
        try
        {
            return [Judge(await slack.AuthTestAsync(cancellation)), Hearing()];
        }
        catch (SlackException wrong)
        {
            var advice = wrong.Problem is SlackProblem.RateLimited or SlackProblem.Unavailable
                ? "Look again later; runs go on meanwhile, and what they show in Slack follows."
                : "Correct extensions.rollout.slack in host.json, or its secrets; docs/setup-slack.md shows where they come from.";
            return [new(Name, Health.Fail, wrong.Message, advice), Hearing()];
        }
    }

    private DoctorCheck Judge(SlackIdentity self)
    {
        var shown = $"signed in to {self.Team} ({self.TeamId}) as {self.User} ({self.UserId})";
        // A whole organisation's id is none that a workspace's token tells.
        if (options.Team is { } team && team.StartsWith('T') && team != self.TeamId)
            return new(Name, Health.Fail, $"{shown}; extensions.rollout.slack.team says {team}, so nobody there is heard", "Correct the team, or take the token of the right workspace.");
        var missing = self.Scopes is { } scopes ? Needed.Except(scopes).ToList() : [];
        return missing.Count == 0
            ? new(Name, Health.Ok, shown)
            : new(Name, Health.Warn, $"{shown}; it may not do everything: missing {string.Join(", ", missing)}", "Add the scopes (infra/slack-app-manifest.yaml has all of them), and install the app again.");
    }

    private DoctorCheck Hearing()
    {
        const string name = "Slack's answers";
        if (options.AppToken is not null)
        {
            return socket.Problem is { } problem
                ? new(name, Health.Fail, $"no connection over a socket: {problem}", "Look at the app token and at Socket Mode in the app's settings; the server goes on trying.")
                : new(name, Health.Ok, "connected over a socket");
        }

        return options.SigningSecret is null
            ? new(name, Health.Warn, "there is neither appToken nor signingSecret, so buttons and /rollout reach nobody", "Set one of them; docs/setup-slack.md shows both ways.")
            : new(name, Health.Ok, "taken at /webhooks/slack/interactions and /webhooks/slack/commands; whether Slack reaches them, a click shows");
    }
}
