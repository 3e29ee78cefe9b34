namespace RolloutWorkflows.Host;

/// <summary>What became of a delivery of GitHub.</summary>
/// <param name="Message">One sentence, for GitHub's list of deliveries and for the log.</param>
/// <param name="Concerns">False: it concerns no run, and nothing was done.</param>
internal sealed record GitHubTaken(string Message, bool Concerns = true)
{
    public static GitHubTaken Ignored(string why) => new($"Ignored: {why}.", Concerns: false);
}
