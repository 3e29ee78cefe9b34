using System.Text.RegularExpressions;

namespace RolloutWorkflows.Playbooks.Validation;

/// <summary>Rules about the release issue, the deployment, Slack and audiences.</summary>
internal static partial class ChannelRules
{
    public static void Check(RuleContext context)
    {
        var channels = context.Playbook.Channels;
        CheckRepository(context, channels.ReleaseIssue?.Repository, "spec.channels.releaseIssue.repository");
        CheckRepository(context, channels.Deployment?.Repository, "spec.channels.deployment.repository");
        if (context.Playbook.ReleaseIssue.DocumentBeforeProceeding && channels.ReleaseIssue is null)
        {
            context.Problems.Add(ProblemCodes.ReleaseIssueMissing, "spec.releaseIssue.documentBeforeProceeding", "there is no release issue to document in; expected spec.channels.releaseIssue");
        }

        CheckSlack(context, channels.Slack?.Channel, "spec.channels.slack.channel");
        foreach (var (name, audience) in channels.Audiences) CheckSlack(context, audience.Slack, $"spec.channels.{name}.slack");
    }

    private static void CheckRepository(RuleContext context, string? name, string path)
    {
        if (string.IsNullOrEmpty(name) || Repository().IsMatch(name)) return;
        context.Problems.Add(ProblemCodes.InvalidRepository, path, $"this is no repository; expected owner/name, got '{name}'");
    }

    private static void CheckSlack(RuleContext context, string? id, string path)
    {
        if (string.IsNullOrEmpty(id) || SlackChannelId().IsMatch(id)) return;
        context.Problems.Add(ProblemCodes.InvalidSlackId, path, $"this is no Slack id of a channel; expected an id such as C0ROLLOUT, got '{id}'");
    }

    [GeneratedRegex(@"^[A-Za-z0-9_.-]{1,100}/[A-Za-z0-9_.-]{1,100}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Repository();

    [GeneratedRegex(@"^[CG][A-Z0-9]{2,}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex SlackChannelId();
}
