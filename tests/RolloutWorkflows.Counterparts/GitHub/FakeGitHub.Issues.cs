using System.Globalization;
using System.Text.Json.Nodes;

namespace RolloutWorkflows.Counterparts;

/// <summary>Issues, comments, milestones and labels.</summary>
public sealed partial class FakeGitHub
{
    private const int LongestBody = 65_536;

    private static readonly string[] Reactions = ["+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes"];

    private void AddIssueRoutes()
    {
        Add("GET", "/repos/{owner}/{repo}/issues", ListIssues);
        Add("POST", "/repos/{owner}/{repo}/issues", CreateIssue);
        Add("GET", "/repos/{owner}/{repo}/issues/{number}", call => WithIssue(call, issue => new FakeGitHubAnswer(200, Shape.Issue(issue, call.Repository, Address))));
        Add("PATCH", "/repos/{owner}/{repo}/issues/{number}", call => WithIssue(call, issue => UpdateIssue(call, issue)));
        Add("POST", "/repos/{owner}/{repo}/issues/{number}/labels", call => WithIssue(call, issue => AddLabels(call, issue)));
        Add("GET", "/repos/{owner}/{repo}/issues/{number}/comments", call => WithIssue(call, issue => ListComments(call, issue)));
        Add("POST", "/repos/{owner}/{repo}/issues/{number}/comments", call => WithIssue(call, issue => CreateComment(call, issue)));
        Add("GET", "/repos/{owner}/{repo}/issues/comments/{id}", call => WithComment(call, (issue, comment) => new FakeGitHubAnswer(200, Shape.Comment(comment, issue, call.Repository, Address))));
        Add("PATCH", "/repos/{owner}/{repo}/issues/comments/{id}", call => WithComment(call, (issue, comment) => UpdateComment(call, issue, comment)));
        Add("POST", "/repos/{owner}/{repo}/issues/comments/{id}/reactions", call => WithComment(call, (_, comment) => React(call, comment)));
        Add("GET", "/repos/{owner}/{repo}/milestones", call => call.Page(call.Repository.Milestones.Select(milestone => Shape.Milestone(milestone, call.Repository, Address)), Address));
        Add("POST", "/repos/{owner}/{repo}/milestones", CreateMilestone);
        Add("GET", "/repos/{owner}/{repo}/labels", call => call.Page(call.Repository.Labels.Select(label => Shape.Label(label, call.Repository, Address)), Address));
        Add("POST", "/repos/{owner}/{repo}/labels", CreateLabel);
    }

    private FakeGitHubAnswer ListIssues(FakeGitHubCall call)
    {
        var state = call.Request.Parameter("state") ?? "open";
        var labels = (call.Request.Parameter("labels") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        var since = Moment(call.Request.Parameter("since"));
        var creator = call.Request.Parameter("creator");
        var found = call.Repository.Issues
            .Where(issue => state == "all" || state == "open" == issue.Open)
            .Where(issue => labels.All(label => issue.Labels.Contains(label, StringComparer.OrdinalIgnoreCase)))
            .Where(issue => creator is null || string.Equals(issue.Author.Login, creator, StringComparison.OrdinalIgnoreCase))
            .Where(issue => since is null || issue.UpdatedAt >= since)
            .OrderByDescending(issue => issue.CreatedAt).ThenByDescending(issue => issue.Number);
        return call.Page(found.Select(issue => Shape.Issue(issue, call.Repository, Address)), Address);
    }

    private FakeGitHubAnswer CreateIssue(FakeGitHubCall call)
    {
        if (!call.Repository.HasIssues) return FakeGitHubAnswer.Refused(410, "Issues are disabled for this repo");
        if ((string?)call.Body["title"] is not { Length: > 0 } title) return FakeGitHubAnswer.Invalid("Issue", "title", "missing_field");
        var body = (string?)call.Body["body"] ?? "";
        if (body.Length > LongestBody) return FakeGitHubAnswer.Invalid("Issue", "body", "too_long");
        var issue = NewIssue(call.Repository, call.Signer.Account, title, body);
        SetLabels(call.Repository, issue, call.Body["labels"]);
        issue.Milestone = (int?)call.Body["milestone"];
        Send("issues", "opened", call.Repository, call.Signer.Account, payload => payload["issue"] = Shape.Issue(issue, call.Repository, Address));
        return new FakeGitHubAnswer(201, Shape.Issue(issue, call.Repository, Address));
    }

    private FakeIssue NewIssue(FakeRepository repository, FakeAccount author, string title, string body)
    {
        var issue = new FakeIssue { Id = NextId(), Number = repository.Issues.Count + 1, Title = title, Body = body, Author = author, CreatedAt = Now, UpdatedAt = Now };
        repository.Issues.Add(issue);
        return issue;
    }

    private FakeGitHubAnswer UpdateIssue(FakeGitHubCall call, FakeIssue issue)
    {
        if ((string?)call.Body["body"] is { Length: > LongestBody }) return FakeGitHubAnswer.Invalid("Issue", "body", "too_long");
        Change(call.Repository, issue, call.Signer.Account, (string?)call.Body["title"], (string?)call.Body["body"], (string?)call.Body["state"] is { } state ? state == "open" : null);
        if (call.Body["labels"] is { } labels)
        {
            issue.Labels.Clear();
            SetLabels(call.Repository, issue, labels);
        }

        if (call.Body["milestone"] is { } milestone) issue.Milestone = (int?)milestone;
        return new FakeGitHubAnswer(200, Shape.Issue(issue, call.Repository, Address));
    }

    /// <summary>Changes an issue as a request or a person does, with the history and the webhooks that follow.</summary>
    private void Change(FakeRepository repository, FakeIssue issue, FakeAccount by, string? title, string? body, bool? open)
    {
        var changes = new JsonObject();
        if (title is not null && title != issue.Title)
        {
            changes["title"] = new JsonObject { ["from"] = issue.Title };
            issue.Title = title;
        }

        if (body is not null && body != issue.Body)
        {
            changes["body"] = new JsonObject { ["from"] = issue.Body };
            if (issue.Edits.Count == 0) issue.Edits.Add(new FakeBodyEdit(issue.Author, issue.CreatedAt, issue.Body));
            issue.Edits.Add(new FakeBodyEdit(by, Now, body));
            issue.Body = body;
        }

        issue.UpdatedAt = Now;
        if (changes.Count > 0)
        {
            Send("issues", "edited", repository, by, payload =>
            {
                payload["issue"] = Shape.Issue(issue, repository, Address);
                payload["changes"] = changes;
            });
        }

        if (open is not { } wanted || wanted == issue.Open) return;
        issue.Open = wanted;
        issue.ClosedAt = wanted ? null : Now;
        Send("issues", wanted ? "reopened" : "closed", repository, by, payload => payload["issue"] = Shape.Issue(issue, repository, Address));
    }

    private FakeGitHubAnswer AddLabels(FakeGitHubCall call, FakeIssue issue)
    {
        SetLabels(call.Repository, issue, call.Body["labels"]);
        issue.UpdatedAt = Now;
        return new FakeGitHubAnswer(200, new JsonArray([.. issue.Labels.Select(name => Shape.Label(LabelOf(call.Repository, name), call.Repository, Address))]));
    }

    private void SetLabels(FakeRepository repository, FakeIssue issue, JsonNode? labels)
    {
        foreach (var name in (labels as JsonArray ?? []).Select(label => label is JsonObject named ? (string)named["name"]! : (string)label!))
        {
            if (issue.Labels.Contains(name, StringComparer.OrdinalIgnoreCase)) continue;
            issue.Labels.Add(LabelOf(repository, name).Name);
        }
    }

    private FakeLabel LabelOf(FakeRepository repository, string name)
    {
        var label = repository.Labels.FirstOrDefault(known => string.Equals(known.Name, name, StringComparison.OrdinalIgnoreCase));
        if (label is null) repository.Labels.Add(label = new FakeLabel(NextId(), name, "ededed", null));
        return label;
    }

    private FakeGitHubAnswer ListComments(FakeGitHubCall call, FakeIssue issue)
    {
        var since = Moment(call.Request.Parameter("since"));
        return call.Page(issue.Comments.Where(comment => since is null || comment.UpdatedAt >= since).Select(comment => Shape.Comment(comment, issue, call.Repository, Address)), Address);
    }

    private FakeGitHubAnswer CreateComment(FakeGitHubCall call, FakeIssue issue)
    {
        if ((string?)call.Body["body"] is not { Length: > 0 and <= LongestBody } body) return FakeGitHubAnswer.Invalid("IssueComment", "body", "missing_field");
        var comment = NewComment(call.Repository, issue, call.Signer.Account, call.Signer.App, body);
        return new FakeGitHubAnswer(201, Shape.Comment(comment, issue, call.Repository, Address));
    }

    private FakeComment NewComment(FakeRepository repository, FakeIssue issue, FakeAccount by, FakeApp? via, string body)
    {
        var comment = new FakeComment { Id = NextId(), Author = by, Via = via, Body = body, CreatedAt = Now, UpdatedAt = Now };
        issue.Comments.Add(comment);
        issue.UpdatedAt = Now;
        SendComment("created", repository, issue, comment, by);
        return comment;
    }

    private FakeGitHubAnswer UpdateComment(FakeGitHubCall call, FakeIssue issue, FakeComment comment)
    {
        if ((string?)call.Body["body"] is not { Length: > 0 and <= LongestBody } body) return FakeGitHubAnswer.Invalid("IssueComment", "body", "missing_field");
        ChangeComment(call.Repository, issue, comment, call.Signer.Account, body);
        return new FakeGitHubAnswer(200, Shape.Comment(comment, issue, call.Repository, Address));
    }

    private void ChangeComment(FakeRepository repository, FakeIssue issue, FakeComment comment, FakeAccount by, string body)
    {
        if (comment.Body == body) return;
        var changes = new JsonObject { ["body"] = new JsonObject { ["from"] = comment.Body } };
        (comment.Body, comment.UpdatedAt) = (body, Now);
        SendComment("edited", repository, issue, comment, by, changes);
    }

    private FakeGitHubAnswer React(FakeGitHubCall call, FakeComment comment)
    {
        var content = (string?)call.Body["content"];
        if (content is null || !Reactions.Contains(content)) return FakeGitHubAnswer.Invalid("Reaction", "content", "invalid");
        var isNew = !comment.Reactions.Contains((call.Signer.Account, content));
        if (isNew) comment.Reactions.Add((call.Signer.Account, content));
        return new FakeGitHubAnswer(isNew ? 201 : 200, Shape.Reaction(comment.Id, call.Signer.Account, content, Now, Address));
    }

    private FakeGitHubAnswer CreateMilestone(FakeGitHubCall call)
    {
        if ((string?)call.Body["title"] is not { Length: > 0 } title) return FakeGitHubAnswer.Invalid("Milestone", "title", "missing_field");
        if (call.Repository.Milestones.Any(known => known.Title == title)) return FakeGitHubAnswer.Invalid("Milestone", "title", "already_exists");
        var milestone = new FakeMilestone(NextId(), call.Repository.Milestones.Count + 1, title, (string?)call.Body["description"], Moment((string?)call.Body["due_on"]), call.Signer.Account, Now);
        call.Repository.Milestones.Add(milestone);
        return new FakeGitHubAnswer(201, Shape.Milestone(milestone, call.Repository, Address));
    }

    private FakeGitHubAnswer CreateLabel(FakeGitHubCall call)
    {
        if ((string?)call.Body["name"] is not { Length: > 0 } name) return FakeGitHubAnswer.Invalid("Label", "name", "missing_field");
        if (call.Repository.Labels.Any(known => string.Equals(known.Name, name, StringComparison.OrdinalIgnoreCase))) return FakeGitHubAnswer.Invalid("Label", "name", "already_exists");
        var label = new FakeLabel(NextId(), name, (string?)call.Body["color"] ?? "ededed", (string?)call.Body["description"]);
        call.Repository.Labels.Add(label);
        return new FakeGitHubAnswer(201, Shape.Label(label, call.Repository, Address));
    }

    private static FakeGitHubAnswer WithIssue(FakeGitHubCall call, Func<FakeIssue, FakeGitHubAnswer> answer) =>
        call.Repository.Issues.FirstOrDefault(issue => issue.Number == call.Number("number")) is { } found ? answer(found) : FakeGitHubAnswer.NotFound;

    private static FakeGitHubAnswer WithComment(FakeGitHubCall call, Func<FakeIssue, FakeComment, FakeGitHubAnswer> answer)
    {
        foreach (var issue in call.Repository.Issues)
            if (issue.Comments.FirstOrDefault(comment => comment.Id == call.Number("id")) is { } found)
                return answer(issue, found);
        return FakeGitHubAnswer.NotFound;
    }

    private static DateTimeOffset? Moment(string? text) => text is null ? null : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
