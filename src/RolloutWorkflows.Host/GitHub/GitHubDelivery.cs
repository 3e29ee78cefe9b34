using System.Text.Json;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary>A webhook whose signature was checked. Only the body is signed: the event's name and the delivery's id are what the sender says.</summary>
internal sealed record GitHubDelivery
{
    /// <summary>Such as <c>issue_comment</c>.</summary>
    public required string Event { get; init; }

    /// <summary>The id under which GitHub lists the delivery, the same when it delivers it again.</summary>
    public required string Id { get; init; }

    /// <summary>The body's SHA-256, in hex.</summary>
    public required string Digest { get; init; }

    public required JsonElement Payload { get; init; }

    /// <summary>Such as <c>created</c>; null: the event has none.</summary>
    public string? Action => GitHubJson.Text(Payload, "action");

    /// <summary>The repository that it is about; null: none.</summary>
    public GitHubRepository? Repository => GitHubRepository.TryParse(GitHubJson.Text(Payload, "repository", "full_name"), out var repository) ? repository : null;

    /// <summary>Whose doing it was; null: GitHub does not say.</summary>
    public GitHubUser? Sender => GitHubJson.User(Payload, "sender");

    /// <summary>The App's installation that it was sent to; null: a webhook of a repository or an organization.</summary>
    public long? Installation => GitHubJson.Number(Payload, "installation", "id");

    /// <summary>The issue that it is about; null: none, or a pull request.</summary>
    public int? Issue => GitHubJson.Object(Payload, "issue") is { } issue && GitHubJson.Object(issue, "pull_request") is null && GitHubJson.Number(issue, "number") is > 0 and <= int.MaxValue and var number ? (int)number : null;

    /// <summary>For the log.</summary>
    public string Name => Action is { Length: <= 50 } action && action.All(letter => char.IsAsciiLetter(letter) || letter == '_') ? $"{Event}.{action}" : Event;
}
