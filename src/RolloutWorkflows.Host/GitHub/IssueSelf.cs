using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary>Tells people from programs, and both from this server. Thread-safe.</summary>
internal sealed class IssueSelf(IGitHub gitHub)
{
    /// <summary>Why what somebody did at GitHub is nobody's word; null where a person did it.</summary>
    /// <param name="user">Whose doing it was; null: GitHub does not say.</param>
    /// <param name="viaApp">The App through which it was done; null: none.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="GitHubException">GitHub was to say who this server is there, and did not.</exception>
    public async Task<string?> WhyNotAPersonAsync(GitHubUser? user, long? viaApp, CancellationToken cancellation = default)
    {
        if (user is null) return "GitHub does not say whose doing it was";
        if (!user.IsPerson) return "no person's account did it";
        if (viaApp is not null) return "it was done through an App, and nobody knows who used that";
        return (await gitHub.WhoAmIAsync(cancellation)).User.Id == user.Id ? "this server did it itself" : null;
    }
}
