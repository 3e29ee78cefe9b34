using RolloutWorkflows.Activities;
using RolloutWorkflows.Counterparts;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host.Tests.PeopleInTheLoop;

/// <summary>The ways by which people answer.</summary>
internal sealed partial class EverywhereScene
{
    /// <summary>Clicks Approve in the run's thread, and waits for the dialog.</summary>
    public async Task<FakeSlackView> ClickAsync(AskedRun asked, Captain person)
    {
        var before = Slack.Views.Count(view => view.User == person.Slack);
        var answer = await Slack.ClickAsync(person.Slack, asked.Question, SlackButton.Approve, Delivery);
        Assert.Equal((200, ""), (answer.Status, answer.Body));
        return await Slack.WaitForAsync(slack => slack.Views.Where(view => view.User == person.Slack).ElementAtOrDefault(before));
    }

    /// <summary>Sends the dialog off.</summary>
    public Task<FakeSlackAnswer> SubmitAsync(FakeSlackView view, string reason) => Slack.SubmitAsync(view, Reason(reason), Delivery);

    /// <summary>Button and dialog.</summary>
    public async Task BySlackAsync(AskedRun asked, Captain person, string reason)
    {
        var answer = await SubmitAsync(await ClickAsync(asked, person), reason);
        Assert.Equal((200, ""), (answer.Status, answer.Body));
    }

    /// <summary>A comment on the issue, whose webhook was answered when this ends.</summary>
    public Task<FakeComment> ByCommentAsync(AskedRun asked, Captain person, string reason) => GitHub.CommentAsync(person.GitHub, Repository, asked.Issue, $"/approve {reason}");

    /// <summary>A tick in the issue, whose webhook was answered when this ends.</summary>
    public Task ByTickAsync(AskedRun asked, Captain person) => GitHub.TickAsync(person.GitHub, Repository, asked.Issue, Box);

    /// <summary>The server's own interface; gives the status and the text of the answer.</summary>
    public async Task<(int Status, string Text)> ByHttpAsync(AskedRun asked, Captain person, string reason)
    {
        using var answer = await Host.CommandAsync(asked.RunId, "approve", new { @as = person.Name, reason, approvalId = asked.ApprovalId });
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public static Dictionary<string, string?> Reason(string reason) => new() { ["reason/reason"] = reason };

    /// <summary>
    /// Waits until the run has ended well and both places show it, and finds what must be so whoever answered by which way:
    /// one decision, each person once in it, what they were shown kept; the box ticked; the message rewritten; nothing said twice.
    /// </summary>
    /// <returns>The votes that the decision was made of.</returns>
    public async Task<IReadOnlyList<Vote>> ThenPromotedAsync(AskedRun asked)
    {
        await UntilAsync(async () => (await RunAsync(asked.RunId)).State == RunState.Succeeded, "success");
        await UntilAsync(() => IsTicked(asked) && Now(asked).Buttons.Count == 0 && IssueOf(asked).Comments.Any(comment => comment.Body.Contains("Succeeded", StringComparison.Ordinal)), "both places to show the end");
        await UntilAsync(() => Slack.Thread(Now(asked).Thread!).Any(message => message.Shown.Contains("The rollout has ended", StringComparison.Ordinal)), "the end in the thread");
        var decision = Assert.Single(await RecordAsync(asked, RunLogKind.ApprovalDecided));
        var decided = decision.DataAs<OpenApproval>()!;
        Assert.Equal(asked.ApprovalId, decided.ApprovalId);
        Assert.Equal(decided.Votes.Count, decided.Votes.Select(vote => vote.Person).Distinct().Count());
        Assert.NotEmpty(decided.Shown.Lines);
        Assert.All(decided.Votes, vote => Assert.Equal(decided.Shown.Digest, vote.Shown));
        ThenShownOnce(asked, decided);
        return decided.Votes;
    }

    private void ThenShownOnce(AskedRun asked, OpenApproval decided)
    {
        var names = string.Join(", ", decided.Votes.Select(vote => vote.Person));
        Assert.Contains($"*approved* by {names} ({decided.Votes.Count} of {decided.Needed})", Now(asked).Shown, StringComparison.Ordinal);
        Assert.All(decided.Votes, vote => Assert.Contains($"• {vote.Person}: yes, by {vote.Via}, ", Now(asked).Shown, StringComparison.Ordinal));
        var said = Slack.Thread(Now(asked).Thread!).Select(message => message.Shown).ToList();
        Assert.Equal(said, said.Distinct());
        var told = Told(asked.Issue);
        Assert.Equal(told, told.Distinct());
        Assert.All(decided.Votes, vote => Assert.Contains(told, text => text.Contains(vote.Person, StringComparison.Ordinal)));
    }
}
