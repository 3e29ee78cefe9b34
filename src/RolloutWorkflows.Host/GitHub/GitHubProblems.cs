namespace RolloutWorkflows.Host;

/// <summary>The problems that the route for GitHub's webhooks answers with.</summary>
internal static class GitHubProblems
{
    public static ProblemException NotConfigured() => Problems.Of(404, "github-not-configured", "Nothing of GitHub is taken here",
        "extensions.rollout.gitHub is not there, or has no webhookSecret.", "Fill in extensions.rollout.gitHub of host.json; docs/setup-github.md shows how.");

    public static ProblemException NotSigned(string why) => Problems.Of(401, "github-signature", "This does not come from GitHub",
        $"The delivery is not believed: {why}.", "Give the webhook at GitHub the same secret as extensions.rollout.gitHub.webhookSecret names.");

    public static ProblemException SecretUnreadable(string why) => Problems.Of(503, "github-secret-unreadable", "GitHub's signature cannot be checked",
        $"{char.ToUpperInvariant(why[0])}{why[1..]}.", "Mend the secret and let GitHub deliver it again; until then nothing of GitHub is taken.");

    public static ProblemException Elsewhere(string what) => Problems.Of(403, "github-elsewhere", "This comes from another GitHub or installation",
        $"It comes from {what}.", "extensions.rollout.gitHub of host.json says which is connected.");

    public static ProblemException TooLarge(int maximum) => Problems.Of(413, "body-too-large", "The body is too large",
        $"Expected at most {maximum} bytes.", "Let the webhook send the events that docs/setup-github.md names, and no others; nothing was changed.");

    /// <summary>Signed by GitHub, and still not what GitHub says it sends.</summary>
    public static ProblemException Odd(string why) => Problems.BadRequest($"The delivery of GitHub cannot be read: {why}.", "docs/http-api.md says what is taken; nothing was changed.");

    public static ProblemException NotTaken(string why) => Problems.Of(503, "github-not-taken", "The delivery could not be taken now",
        why, "Nothing is lost: it is found again by reading the issue, and delivering it again is harmless.");
}
