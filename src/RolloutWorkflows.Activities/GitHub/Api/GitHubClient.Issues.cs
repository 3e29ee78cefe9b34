using System.Text.Json;
using System.Text.Json.Nodes;

namespace RolloutWorkflows.Activities;

/// <summary>Issues, comments, milestones and labels.</summary>
internal sealed partial class GitHubClient
{
    /// <summary>Newest first; what GitHub calls <c>diff</c> is the whole text after the edit.</summary>
    private const string BodyEdits = """
        query($owner: String!, $name: String!, $number: Int!, $after: String) {
          repository(owner: $owner, name: $name) {
            issue(number: $number) {
              userContentEdits(first: 100, after: $after) {
                pageInfo { hasNextPage endCursor }
                nodes {
                  editedAt deletedAt diff
                  editor { __typename login ... on User { databaseId } ... on Bot { databaseId } ... on Mannequin { databaseId } ... on Organization { databaseId } }
                }
              }
            }
          }
        }
        """;

    public Task<GitHubIssue> CreateIssueAsync(GitHubRepository repository, GitHubNewIssue issue, CancellationToken cancellation = default) => SendAsync(
        HttpMethod.Post,
        repository,
        GitHubPath.Of(repository, "issues"),
        ObjectOf(("title", issue.Title), ("body", issue.Body), ("labels", issue.Labels.Count == 0 ? null : ArrayOf(issue.Labels)), ("milestone", issue.Milestone)),
        GitHubReading.Issue,
        cancellation);

    public Task<GitHubIssue> GetIssueAsync(GitHubRepository repository, int number, CancellationToken cancellation = default) =>
        GetAsync(repository, GitHubPath.Of(repository, "issues", number), GitHubReading.Issue, cancellation);

    public Task<GitHubIssue> UpdateIssueAsync(GitHubRepository repository, int number, GitHubIssueChange change, CancellationToken cancellation = default) => SendAsync(
        HttpMethod.Patch,
        repository,
        GitHubPath.Of(repository, "issues", number),
        ObjectOf(
            ("title", change.Title),
            ("body", change.Body),
            ("state", change.State is { } state ? Word(state) : null),
            ("labels", change.Labels is { } labels ? ArrayOf(labels) : null),
            ("milestone", change.Milestone)),
        GitHubReading.Issue,
        cancellation);

    public Task<IReadOnlyList<GitHubIssue>> ListIssuesAsync(GitHubRepository repository, GitHubIssueFilter filter, CancellationToken cancellation = default)
    {
        // A comma separates labels, so no name of one can hold it here.
        if (filter.Labels.FirstOrDefault(label => label.Contains(',', StringComparison.Ordinal)) is { } odd)
            throw new GitHubException(GitHubFailure.Validation, $"issues cannot be looked for by the label '{odd}': GitHub takes the comma for the end of its name", notDone: true);
        var path = GitHubPath.With(
            GitHubPath.Of(repository, "issues"),
            ("state", filter.State is { } state ? Word(state) : "all"),
            ("labels", filter.Labels.Count == 0 ? null : string.Join(',', filter.Labels)),
            ("creator", filter.Creator),
            ("since", filter.Since),
            ("sort", "created"),
            ("direction", "desc"),
            ("per_page", PageSize));
        return ListAsync(repository, path, null, item => GitHubReading.Issue(item) is { IsPullRequest: false } issue ? issue : null, filter.Limit, cancellation);
    }

    public Task<IReadOnlyList<string>> AddLabelsAsync(GitHubRepository repository, int number, IReadOnlyList<string> labels, CancellationToken cancellation = default) =>
        SendAsync(HttpMethod.Post, repository, GitHubPath.Of(repository, "issues", number, "labels"), ObjectOf(("labels", ArrayOf(labels))), GitHubReading.Labels, cancellation);

    public async Task<IReadOnlyList<GitHubBodyEdit>> ListBodyEditsAsync(GitHubRepository repository, int number, CancellationToken cancellation = default)
    {
        var all = new List<GitHubBodyEdit>();
        string? after = null;
        for (var pages = 0; pages < MaximumPages; pages++)
        {
            var edits = await BodyEditsAsync(repository, number, after, cancellation);
            all.AddRange(Read("graphql", edits, json => json.GetProperty("nodes").EnumerateArray().Where(node => node.ValueKind == JsonValueKind.Object).Select(GitHubReading.BodyEdit).ToList(), notDone: true));
            var page = edits.GetProperty("pageInfo");
            if (!page.Flag("hasNextPage")) break;
            after = page.TextOrNull("endCursor");
        }

        return all;
    }

    public Task<IReadOnlyList<GitHubComment>> ListCommentsAsync(GitHubRepository repository, int number, DateTimeOffset? since = null, CancellationToken cancellation = default) =>
        ListAsync(repository, GitHubPath.With(GitHubPath.Of(repository, "issues", number, "comments"), ("since", since), ("per_page", PageSize)), null, GitHubReading.Comment, null, cancellation);

    public Task<GitHubComment> GetCommentAsync(GitHubRepository repository, long commentId, CancellationToken cancellation = default) =>
        GetAsync(repository, GitHubPath.Of(repository, "issues", "comments", commentId), GitHubReading.Comment, cancellation);

    public Task<GitHubComment> CreateCommentAsync(GitHubRepository repository, int number, string body, CancellationToken cancellation = default) =>
        SendAsync(HttpMethod.Post, repository, GitHubPath.Of(repository, "issues", number, "comments"), ObjectOf(("body", body)), GitHubReading.Comment, cancellation);

    public Task<GitHubComment> UpdateCommentAsync(GitHubRepository repository, long commentId, string body, CancellationToken cancellation = default) =>
        SendAsync(HttpMethod.Patch, repository, GitHubPath.Of(repository, "issues", "comments", commentId), ObjectOf(("body", body)), GitHubReading.Comment, cancellation);

    public Task ReactAsync(GitHubRepository repository, long commentId, GitHubReaction reaction, CancellationToken cancellation = default) =>
        SendAsync(HttpMethod.Post, repository, GitHubPath.Of(repository, "issues", "comments", commentId, "reactions"), ObjectOf(("content", Word(reaction))), json => json, cancellation);

    public Task<IReadOnlyList<GitHubMilestone>> ListMilestonesAsync(GitHubRepository repository, CancellationToken cancellation = default) =>
        ListAsync(repository, GitHubPath.With(GitHubPath.Of(repository, "milestones"), ("state", "all"), ("per_page", PageSize)), null, GitHubReading.Milestone, null, cancellation);

    public Task<GitHubMilestone> CreateMilestoneAsync(GitHubRepository repository, string title, string? description = null, DateTimeOffset? dueOn = null, CancellationToken cancellation = default) => SendAsync(
        HttpMethod.Post,
        repository,
        GitHubPath.Of(repository, "milestones"),
        ObjectOf(("title", title), ("description", description), ("due_on", dueOn is { } due ? GitHubPath.Show(due) : null)),
        GitHubReading.Milestone,
        cancellation);

    public Task<IReadOnlyList<GitHubLabel>> ListLabelsAsync(GitHubRepository repository, CancellationToken cancellation = default) =>
        ListAsync(repository, GitHubPath.With(GitHubPath.Of(repository, "labels"), ("per_page", PageSize)), null, GitHubReading.Label, null, cancellation);

    public Task<GitHubLabel> CreateLabelAsync(GitHubRepository repository, GitHubLabel label, CancellationToken cancellation = default) => SendAsync(
        HttpMethod.Post,
        repository,
        GitHubPath.Of(repository, "labels"),
        ObjectOf(("name", label.Name), ("color", label.Color), ("description", label.Description)),
        GitHubReading.Label,
        cancellation);

    private async Task<JsonElement> BodyEditsAsync(GitHubRepository repository, int number, string? after, CancellationToken cancellation)
    {
        var body = new JsonObject
        {
            ["query"] = BodyEdits,
            ["variables"] = new JsonObject { ["owner"] = repository.Owner, ["name"] = repository.Name, ["number"] = number, ["after"] = after },
        };
        var answer = await _transport.SendAsync(new GitHubRequest(HttpMethod.Post, "graphql", body) { IsGraphQl = true, Repository = repository }, cancellation);
        if (answer.Json.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array && errors.GetArrayLength() > 0) throw GitHubRefusal.OfGraphQl(errors);
        return Read("graphql", answer.Json, json => json.GetProperty("data").GetProperty("repository").GetProperty("issue").GetProperty("userContentEdits"), notDone: true);
    }

    private static string Word(GitHubState state) => state == GitHubState.Open ? "open" : "closed";

    private static string Word(GitHubReaction reaction) => reaction switch
    {
        GitHubReaction.ThumbsUp => "+1",
        GitHubReaction.ThumbsDown => "-1",
        _ => reaction.ToString().ToLowerInvariant(),
    };
}
