namespace RolloutWorkflows.Host;

/// <summary>The problems that the routes for Slack answer with.</summary>
internal static class SlackProblems
{
    public static ProblemException NotConfigured(string missing) => Problems.Of(404, "slack-not-configured", "Nothing of Slack is taken here",
        $"extensions.rollout.slack{missing}.", "Fill in extensions.rollout.slack of host.json; docs/setup-slack.md shows how.");

    public static ProblemException NotSigned(string why) => Problems.Of(401, "slack-signature", "This does not come from Slack",
        $"The request is not believed: {why}.", "Check the signing secret of the app (Basic Information) and the clock of this server.");

    public static ProblemException SecretUnreadable(string why) => Problems.Of(503, "slack-secret-unreadable", "Slack's signature cannot be checked",
        $"{char.ToUpperInvariant(why[0])}{why[1..]}.", "Mend the secret; nothing of Slack is taken until then.");

    public static ProblemException ElsewhereThan(string what) => Problems.Of(403, "slack-elsewhere", "This comes from another workspace or app",
        $"It comes from {what}.", "extensions.rollout.slack of host.json says whose people are heard.");

    public static ProblemException TooLarge(int maximum) => Problems.Of(413, "body-too-large", "The body is too large", $"Expected at most {maximum} bytes.", "Send less.");

    /// <summary>Signed by Slack, and still not what Slack says it sends.</summary>
    public static ProblemException Odd(string why) => Problems.BadRequest($"The request of Slack cannot be read: {why}.", "docs/http-api.md says what is taken; nothing was changed.");

    public static ProblemException NotTaken() => Problems.Of(503, "slack-not-taken", "The command was not taken in time",
        "The server could not store the command in time.", "Send it again: the same answer counts once.");
}
