using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary>Who did something in Slack, and where, as Slack vouches for it.</summary>
internal sealed record SlackSender
{
    /// <summary>The workspace in which it was done; null only where the app is installed for a whole organisation.</summary>
    public string? Team { get; init; }

    /// <summary>The organisation; null: none.</summary>
    public string? Enterprise { get; init; }

    /// <summary>The workspace that the person belongs to, where Slack says it.</summary>
    public string? HomeTeam { get; init; }

    /// <summary>The person's id.</summary>
    public required string User { get; init; }

    /// <summary>The person's name, for texts only.</summary>
    public string? Name { get; init; }

    /// <summary>The app that was spoken to, where Slack says it.</summary>
    public string? App { get; init; }

    /// <summary>Who it was: a guest of another workspace is somebody else than the person with the same id here.</summary>
    public Identity Identity => Identity.Slack(HomeTeam ?? Team ?? Enterprise ?? "", User, Name);

    /// <summary>What it is told it came from, where that is not the configured workspace or app; null where it is.</summary>
    /// <param name="slack">Whom the host listens to.</param>
    public string? ElsewhereThan(SlackOptions slack)
    {
        if (slack.Team is null || (slack.Team != Team && slack.Team != Enterprise)) return $"the workspace {Team ?? Enterprise ?? "without an id"}, whose people are not heard here";
        return slack.App is { } app && App is { } other && other != app ? $"the app {other}, which is not the one that is connected here" : null;
    }
}
