using System.Text;
using System.Text.Json.Nodes;

namespace RolloutWorkflows.Counterparts;

/// <summary>What people do on GitHub's pages, by their account's number, and the webhooks that tell of it. Each ends when its webhooks were answered.</summary>
public sealed partial class FakeGitHub
{
    private readonly List<Task<int?>> _sent = [];

    /// <summary>Ticks the box in the first line that holds the text.</summary>
    public Task TickAsync(long user, string repository, int number, string line) =>
        EditBodyAsync(user, repository, number, body => OnLine(body, line, text => text.Replace("[ ]", "[x]", StringComparison.Ordinal)));

    /// <summary>Takes the tick out of the box in the first line that holds the text.</summary>
    public Task UntickAsync(long user, string repository, int number, string line) =>
        EditBodyAsync(user, repository, number, body => OnLine(body, line, text => text.Replace("[x]", "[ ]", StringComparison.OrdinalIgnoreCase)));

    /// <summary>Edits an issue's text.</summary>
    public Task EditBodyAsync(long user, string repository, int number, Func<string, string> edit) => DoAsync(() =>
    {
        var (found, issue) = Find(repository, number);
        Change(found, issue, _accounts[user], null, edit(issue.Body), null);
        return 0;
    });

    /// <summary>Changes an issue's title.</summary>
    public Task EditTitleAsync(long user, string repository, int number, string title) => DoAsync(() =>
    {
        var (found, issue) = Find(repository, number);
        Change(found, issue, _accounts[user], title, null, null);
        return 0;
    });

    /// <summary>Closes or reopens an issue.</summary>
    public Task SetOpenAsync(long user, string repository, int number, bool open) => DoAsync(() =>
    {
        var (found, issue) = Find(repository, number);
        Change(found, issue, _accounts[user], null, null, open);
        return 0;
    });

    /// <summary>Opens an issue.</summary>
    public Task<FakeIssue> OpenIssueAsync(long user, string repository, string title, string body, params string[] labels) => DoAsync(() =>
    {
        var found = _repositories[repository];
        var issue = NewIssue(found, _accounts[user], title, body);
        SetLabels(found, issue, new JsonArray([.. labels.Select(label => (JsonNode)label)]));
        Send("issues", "opened", found, _accounts[user], payload => payload["issue"] = Shape.Issue(issue, found, Address));
        return issue;
    });

    /// <summary>Writes a comment.</summary>
    /// <param name="user">Who.</param>
    /// <param name="repository">Where.</param>
    /// <param name="number">The issue.</param>
    /// <param name="body">What.</param>
    /// <param name="via">The App through which; null: by hand.</param>
    public Task<FakeComment> CommentAsync(long user, string repository, int number, string body, FakeApp? via = null) => DoAsync(() =>
    {
        var (found, issue) = Find(repository, number);
        return NewComment(found, issue, _accounts[user], via, body);
    });

    /// <summary>Edits a comment, which whoever has write access may do to those of others.</summary>
    public Task EditCommentAsync(long user, string repository, long commentId, string body) => DoAsync(() =>
    {
        var found = _repositories[repository];
        var issue = found.Issues.Single(candidate => candidate.Comments.Any(comment => comment.Id == commentId));
        ChangeComment(found, issue, issue.Comments.Single(comment => comment.Id == commentId), _accounts[user], body);
        return 0;
    });

    /// <summary>Removes a comment.</summary>
    public Task DeleteCommentAsync(long user, string repository, long commentId) => DoAsync(() =>
    {
        var found = _repositories[repository];
        var issue = found.Issues.Single(candidate => candidate.Comments.Any(comment => comment.Id == commentId));
        var comment = issue.Comments.Single(candidate => candidate.Id == commentId);
        issue.Comments.Remove(comment);
        SendComment("deleted", found, issue, comment, _accounts[user]);
        return 0;
    });

    /// <summary>Workflow runs that have not ended.</summary>
    public IReadOnlyList<FakeWorkflowRun> OpenRuns(string repository)
    {
        lock (_lock) return [.. _repositories[repository].WorkflowRuns.Where(run => run.Status != "completed")];
    }

    /// <summary>True where the repository has the issue.</summary>
    public bool HasIssue(string repository, int number)
    {
        lock (_lock) return _repositories[repository].Issues.Exists(issue => issue.Number == number);
    }

    /// <summary>A check run on <c>main</c> ends so.</summary>
    public void Conclude(string repository, string check, string conclusion)
    {
        lock (_lock)
        {
            var at = _repositories[repository];
            at.CheckRuns.Add(new FakeCheckRun(check, at.Refs["main"], "completed", conclusion) { Id = NextId(), StartedAt = Now, CompletedAt = Now });
        }
    }

    /// <summary>Moves a workflow run on: <c>in_progress</c>, or <c>completed</c> with a conclusion.</summary>
    public Task SetRunAsync(string repository, long runId, string status, string? conclusion = null, params FakeJob[] jobs) => DoAsync(() =>
    {
        var found = _repositories[repository];
        var run = found.WorkflowRuns.Single(candidate => candidate.Id == runId);
        (run.Status, run.Conclusion, run.UpdatedAt) = (status, conclusion, Now);
        run.Jobs.AddRange(jobs);
        Send("workflow_run", status, found, run.Actor, payload => payload["workflow_run"] = Shape.WorkflowRun(run, found, Address));
        return 0;
    });

    /// <summary>A workflow reaches an environment that a protection rule guards, and waits.</summary>
    public Task<FakeWorkflowRun> RequestProtectionAsync(long user, string repository, string environment, FakeApp app, string reference = "main") => DoAsync(() =>
    {
        var (found, actor) = (_repositories[repository], _accounts[user]);
        var run = new FakeWorkflowRun { Id = NextId(), Workflow = "deploy.yml", Ref = reference, Sha = found.ShaOf(reference)!, Event = "push", Actor = actor, CreatedAt = Now, UpdatedAt = Now, Status = "waiting" };
        run.Waiting.Add(environment);
        found.WorkflowRuns.Add(run);
        var deployment = new FakeDeployment { Id = NextId(), Ref = reference, Sha = run.Sha, Environment = environment, Task = "deploy", Creator = actor, CreatedAt = Now };
        found.Deployments.Add(deployment);
        Send("deployment_protection_rule", "requested", found, actor, payload =>
        {
            payload["environment"] = environment;
            payload["event"] = run.Event;
            payload["sha"] = run.Sha;
            payload["ref"] = $"refs/heads/{reference}";
            payload["deployment_callback_url"] = $"{Shape.Api(found, Address)}/actions/runs/{run.Id}/deployment_protection_rule";
            payload["deployment"] = Shape.Deployment(deployment, found, Address);
            payload["pull_requests"] = new JsonArray();
            payload["installation"] = new JsonObject { ["id"] = app.InstallationId, ["node_id"] = "I_1" };
        });
        return run;
    });

    /// <summary>Sends an event that is none of ours, such as <c>star</c>.</summary>
    public Task SendOtherAsync(long user, string repository, string name, string action) => DoAsync(() =>
    {
        Send(name, action, _repositories[repository], _accounts[user], _ => { });
        return 0;
    });

    private (FakeRepository Repository, FakeIssue Issue) Find(string repository, int number)
    {
        var found = _repositories[repository];
        return (found, found.Issue(number));
    }

    private async Task<T> DoAsync<T>(Func<T> act)
    {
        T result;
        Task<int?>[] sent;
        lock (_lock)
        {
            _sent.Clear();
            result = act();
            sent = [.. _sent];
        }

        await Task.WhenAll(sent);
        return result;
    }

    private void SendComment(string action, FakeRepository repository, FakeIssue issue, FakeComment comment, FakeAccount by, JsonObject? changes = null) => Send("issue_comment", action, repository, by, payload =>
    {
        payload["issue"] = Shape.Issue(issue, repository, Address);
        payload["comment"] = Shape.Comment(comment, issue, repository, Address);
        if (changes is not null) payload["changes"] = changes;
    });

    private void Send(string name, string action, FakeRepository repository, FakeAccount sender, Action<JsonObject> fill)
    {
        var payload = new JsonObject { ["action"] = action };
        fill(payload);
        payload["repository"] = Shape.Repository(repository, Address);
        payload["sender"] = Shape.User(sender, Address);
        _sent.Add(Webhooks.Post(new FakeDelivery(Guid.NewGuid().ToString(), name, action, Encoding.UTF8.GetBytes(payload.ToJsonString()))));
    }

    private static string OnLine(string body, string wanted, Func<string, string> change)
    {
        var lines = body.Split('\n');
        var index = Array.FindIndex(lines, line => line.Contains(wanted, StringComparison.Ordinal));
        if (index < 0) throw new InvalidOperationException($"no line of the issue holds '{wanted}':\n{body}");
        lines[index] = change(lines[index]);
        return string.Join('\n', lines);
    }
}
