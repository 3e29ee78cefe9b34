using System.Text.Json;

namespace RolloutWorkflows.Activities;

/// <summary>Reads GitHub's objects. What GitHub always sends is required; an answer without it is broken. Pure.</summary>
internal static partial class GitHubReading
{
    public static GitHubUser? User(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var user) && user.ValueKind == JsonValueKind.Object ? User(user) : null;

    public static GitHubUser User(JsonElement user) => new(user.Long("id"), user.Text("login"), user.TextOrNull("type") ?? "User");

    public static GitHubRepositoryDetails Repository(JsonElement repository) => new(
        repository.Long("id"), GitHubRepository.Parse(repository.Text("full_name")), repository.Text("default_branch"), repository.Flag("has_issues"), repository.Flag("archived"), repository.Flag("private"), repository.Text("html_url"));

    public static GitHubIssue Issue(JsonElement issue) => new()
    {
        Id = issue.Long("id"),
        Number = (int)issue.Long("number"),
        Title = issue.Text("title"),
        Body = issue.TextOrNull("body") ?? "",
        State = State(issue),
        Labels = Labels(issue.GetProperty("labels")),
        Author = User(issue, "user"),
        Milestone = issue.TryGetProperty("milestone", out var milestone) && milestone.ValueKind == JsonValueKind.Object ? (int)milestone.Long("number") : null,
        IsPullRequest = issue.TryGetProperty("pull_request", out var pull) && pull.ValueKind == JsonValueKind.Object,
        CreatedAt = issue.Moment("created_at"),
        UpdatedAt = issue.Moment("updated_at"),
        ClosedAt = issue.MomentOrNull("closed_at"),
        Url = issue.Text("html_url"),
    };

    public static IReadOnlyList<string> Labels(JsonElement labels) =>
        [.. labels.EnumerateArray().Select(label => label.ValueKind == JsonValueKind.String ? label.GetString()! : label.Text("name"))];

    public static GitHubComment Comment(JsonElement comment) => new()
    {
        Id = comment.Long("id"),
        IssueNumber = NumberAtEnd(comment.Text("issue_url")),
        Body = comment.TextOrNull("body") ?? "",
        Author = User(comment, "user"),
        ViaAppId = comment.TryGetProperty("performed_via_github_app", out var app) && app.ValueKind == JsonValueKind.Object ? app.Long("id") : null,
        CreatedAt = comment.Moment("created_at"),
        UpdatedAt = comment.Moment("updated_at"),
        Url = comment.Text("html_url"),
    };

    public static GitHubBodyEdit BodyEdit(JsonElement edit)
    {
        var editor = edit.TryGetProperty("editor", out var actor) && actor.ValueKind == JsonValueKind.Object && actor.LongOrNull("databaseId") is { } id
            ? new GitHubUser(id, actor.Text("login"), actor.Text("__typename"))
            : null;
        return new GitHubBodyEdit(editor, edit.Moment("editedAt"), edit.MomentOrNull("deletedAt") is null ? edit.TextOrNull("diff") : null);
    }

    public static GitHubMilestone Milestone(JsonElement milestone) => new((int)milestone.Long("number"), milestone.Text("title"), State(milestone), milestone.MomentOrNull("due_on"), milestone.Text("html_url"));

    public static GitHubLabel Label(JsonElement label) => new(label.Text("name"), label.Text("color"), label.TextOrNull("description"));

    private static GitHubState State(JsonElement item) => item.Text("state") == "closed" ? GitHubState.Closed : GitHubState.Open;

    private static int NumberAtEnd(string address) => int.Parse(address[(address.LastIndexOf('/') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
}
