using System.Text.Json.Nodes;

namespace RolloutWorkflows.Counterparts;

/// <summary>Issues and what belongs to them.</summary>
internal static partial class Shape
{
    public static JsonObject Issue(FakeIssue issue, FakeRepository repository, Uri address)
    {
        var api = $"{Api(repository, address)}/issues/{issue.Number}";
        var shown = new JsonObject
        {
            ["url"] = api,
            ["repository_url"] = Api(repository, address),
            ["labels_url"] = $"{api}/labels",
            ["comments_url"] = $"{api}/comments",
            ["events_url"] = $"{api}/events",
            ["html_url"] = Of(address, $"{repository.FullName}/issues/{issue.Number}"),
            ["id"] = issue.Id,
            ["node_id"] = Node("I", issue.Id),
            ["number"] = issue.Number,
            ["title"] = issue.Title,
            ["user"] = User(issue.Author, address),
            ["labels"] = new JsonArray([.. issue.Labels.Select(name => Label(repository.Labels.First(label => string.Equals(label.Name, name, StringComparison.OrdinalIgnoreCase)), repository, address))]),
            ["state"] = issue.Open ? "open" : "closed",
            ["locked"] = false,
            ["assignee"] = null,
            ["assignees"] = new JsonArray(),
            ["milestone"] = repository.Milestones.FirstOrDefault(milestone => milestone.Number == issue.Milestone) is { } found ? Milestone(found, repository, address) : null,
            ["comments"] = issue.Comments.Count,
            ["created_at"] = Moment(issue.CreatedAt),
            ["updated_at"] = Moment(issue.UpdatedAt),
            ["closed_at"] = MomentOrNull(issue.ClosedAt),
            ["author_association"] = "MEMBER",
            ["body"] = issue.Body,
            ["state_reason"] = issue.Open ? null : "completed",
        };
        if (issue.IsPullRequest) shown["pull_request"] = new JsonObject { ["url"] = api, ["html_url"] = api, ["diff_url"] = api, ["patch_url"] = api };
        return shown;
    }

    public static JsonObject Comment(FakeComment comment, FakeIssue issue, FakeRepository repository, Uri address) => new()
    {
        ["url"] = $"{Api(repository, address)}/issues/comments/{comment.Id}",
        ["html_url"] = Of(address, $"{repository.FullName}/issues/{issue.Number}#issuecomment-{comment.Id}"),
        ["issue_url"] = $"{Api(repository, address)}/issues/{issue.Number}",
        ["id"] = comment.Id,
        ["node_id"] = Node("IC", comment.Id),
        ["user"] = User(comment.Author, address),
        ["created_at"] = Moment(comment.CreatedAt),
        ["updated_at"] = Moment(comment.UpdatedAt),
        ["author_association"] = "MEMBER",
        ["body"] = comment.Body,
        ["performed_via_github_app"] = comment.Via is { } app ? App(app, address) : null,
    };

    public static JsonObject Milestone(FakeMilestone milestone, FakeRepository repository, Uri address) => new()
    {
        ["url"] = $"{Api(repository, address)}/milestones/{milestone.Number}",
        ["html_url"] = Of(address, $"{repository.FullName}/milestone/{milestone.Number}"),
        ["labels_url"] = $"{Api(repository, address)}/milestones/{milestone.Number}/labels",
        ["id"] = milestone.Id,
        ["node_id"] = Node("MI", milestone.Id),
        ["number"] = milestone.Number,
        ["state"] = "open",
        ["title"] = milestone.Title,
        ["description"] = milestone.Description,
        ["creator"] = User(milestone.Creator, address),
        ["open_issues"] = 0,
        ["closed_issues"] = 0,
        ["created_at"] = Moment(milestone.CreatedAt),
        ["updated_at"] = Moment(milestone.CreatedAt),
        ["closed_at"] = null,
        ["due_on"] = MomentOrNull(milestone.DueOn),
    };

    public static JsonObject Label(FakeLabel label, FakeRepository repository, Uri address) => new()
    {
        ["id"] = label.Id,
        ["node_id"] = Node("LA", label.Id),
        ["url"] = $"{Api(repository, address)}/labels/{Uri.EscapeDataString(label.Name)}",
        ["name"] = label.Name,
        ["color"] = label.Color,
        ["default"] = false,
        ["description"] = label.Description,
    };

    public static JsonObject Reaction(long id, FakeAccount by, string content, DateTimeOffset at, Uri address) => new()
    {
        ["id"] = id,
        ["node_id"] = Node("REA", id),
        ["user"] = User(by, address),
        ["content"] = content,
        ["created_at"] = Moment(at),
    };
}
