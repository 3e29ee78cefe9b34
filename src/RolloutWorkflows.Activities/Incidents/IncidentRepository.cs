using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>The repository whose issues are meant: the step's own, or the release issue's.</summary>
internal static class IncidentRepository
{
    /// <summary>Null where there is none; <paramref name="problem"/> ends a sentence that begins with the kind.</summary>
    public static GitHubRepository? Of(string? stated, Channels channels, out string problem)
    {
        problem = "";
        if ((stated ?? channels.ReleaseIssue?.Repository) is not { } name)
        {
            problem = "does not know the repository: state with.repository, or channels.releaseIssue in the playbook.";
            return null;
        }

        if (GitHubRepository.TryParse(name, out var repository)) return repository;
        problem = $"cannot ask for '{name}': expected {GitHubRepository.Expected}.";
        return null;
    }
}
