using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host.Tests.Intake;

/// <summary>What channels hand on: who it was, which question is meant, and that the same thing counts once.</summary>
public sealed class ChannelCommandsTests : IAsyncLifetime
{
    private const string People = """
        persons: { olga: {}, ada: { gitHub: 101 }, grace: { gitHub: 102 } }
        groups: { captains: [ada, grace] }
        """;

    private RunningHost host = null!;

    private IChannelCommands Commands => host.Services.GetRequiredService<IChannelCommands>();

    public async ValueTask InitializeAsync() => host = await RunningHost.StartAsync(folder =>
    {
        folder.Write("people.yaml", People);
        folder.Write("host.json", """{ "extensions": { "rollout": { "grants": { "*": { "flags": ["*"] } } } } }""");
        folder.Write("playbooks/one.yaml", Playbook("one", "[ { name: first, approvers: [ { group: captains } ] } ]"));
        folder.Write("playbooks/two.yaml", Playbook("two", "[ { name: first, approvers: [ { group: captains } ] }, { name: second, approvers: [ { person: grace } ] } ]"));
    });

    public async ValueTask DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task Vote_OlderThanItsQuestion_IsRefusedAndRecorded()
    {
        var (runId, open) = await AskAsync("one");

        var answer = await Commands.SendAsync(Vote(runId, "c-1") with { SaidAt = open[0].AskedAt.AddSeconds(-2) });

        Assert.False(answer.Accepted);
        Assert.Contains("before first was asked", answer.Message, StringComparison.Ordinal);
        Assert.Contains((await host.DetailsAsync(runId)).Timeline, entry => entry is { CommandId: "c-1", Kind: RunLogKind.CommandRefused, Actor: "ada" });
    }

    [Fact]
    public async Task Vote_SaidInTheSecondOfItsQuestion_Counts()
    {
        var (runId, open) = await AskAsync("one");
        var second = open[0].AskedAt;

        var answer = await Commands.SendAsync(Vote(runId, "c-1") with { SaidAt = second.AddTicks(-(second.Ticks % TimeSpan.TicksPerSecond)) });

        Assert.True(answer.Accepted, answer.Message);
    }

    [Fact]
    public async Task Vote_ThatTwoQuestionsCouldMean_IsRefusedWithTheirNames()
    {
        var (runId, _) = await AskAsync("two");

        var answer = await Commands.SendAsync(Vote(runId, "c-1") with { Identity = Identity.GitHub(102, "grace") });

        Assert.False(answer.Accepted);
        Assert.Contains("name one: ", answer.Message, StringComparison.Ordinal);
        Assert.Equal(["first", "second"], answer.Message.Split("name one: ")[1].Split(", ").Order());
    }

    [Fact]
    public async Task Vote_ThatNamesItsQuestion_Counts()
    {
        var (runId, _) = await AskAsync("two");

        var answer = await Commands.SendAsync(Vote(runId, "c-1") with { Identity = Identity.GitHub(102, "grace"), ApprovalName = "second" });

        Assert.True(answer.Accepted, answer.Message);
    }

    [Fact]
    public async Task Vote_OfSomebodyWhomOneQuestionAsks_MeansThatOne()
    {
        var (runId, _) = await AskAsync("two");

        var answer = await Commands.SendAsync(Vote(runId, "c-1"));

        Assert.True(answer.Accepted, answer.Message);
        await host.WaitForAsync(runId, details => details.Run.OpenApprovals is [{ Name: "second" }], "the other question");
    }

    [Fact]
    public async Task Vote_ThatNamesAQuestionThatIsNotOpen_IsRefusedWithThoseThatAre()
    {
        var (runId, _) = await AskAsync("one");

        var answer = await Commands.SendAsync(Vote(runId, "c-1") with { ApprovalName = "second" });

        Assert.False(answer.Accepted);
        Assert.Contains("open: first", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_OfNobodyWhomTheRunKnows_IsToldAndRecorded()
    {
        var (runId, _) = await AskAsync("one");

        var answer = await Commands.SendAsync(Vote(runId, "c-1") with { Identity = Identity.GitHub(666, "somebody") });

        Assert.Equal((false, null), (answer.Accepted, answer.Person));
        Assert.Contains("somebody (github 666)", answer.Message, StringComparison.Ordinal);
        Assert.Contains((await host.DetailsAsync(runId)).Timeline, entry => entry is { CommandId: "c-1", Actor: "somebody (github 666)" });
    }

    [Fact]
    public async Task Command_WithTheSameId_ActsOnceAlsoWhereAnotherQuestionIsOpenMeanwhile()
    {
        var (runId, _) = await AskAsync("two");
        var first = await Commands.SendAsync(Vote(runId, "c-1"));
        await host.WaitForAsync(runId, details => details.Run.OpenApprovals is [{ Name: "second" }], "the other question");

        var again = await Commands.SendAsync(Vote(runId, "c-1"));

        Assert.Equal(first, again);
        Assert.Empty(Assert.Single((await host.DetailsAsync(runId)).Run.OpenApprovals).Votes);
    }

    [Fact]
    public async Task Command_ThatItsChannelHasSomethingAgainst_IsRefusedForGood()
    {
        var (runId, _) = await AskAsync("one");

        var refused = await Commands.SendAsync(Vote(runId, "c-1") with { Obstacle = "the issue is closed" });
        var again = await Commands.SendAsync(Vote(runId, "c-1"));

        Assert.Equal((false, false), (refused.Accepted, again.Accepted));
        Assert.Contains("the issue is closed", again.Message, StringComparison.Ordinal);
        Assert.Empty(Assert.Single((await host.DetailsAsync(runId)).Run.OpenApprovals).Votes);
    }

    [Fact]
    public async Task Command_WithAReasonThatIsTooLong_IsRefusedToAPersonWhoIsKnown()
    {
        var (runId, _) = await AskAsync("one");

        var answer = await Commands.SendAsync(Vote(runId, "c-1") with { Reason = new string('x', WrittenText.MaximumReason + 1) });

        Assert.Equal((false, "ada"), (answer.Accepted, answer.Person));
    }

    [Fact]
    public async Task Command_ToARunThatIsNotThere_IsRefused() =>
        Assert.False((await Commands.SendAsync(Vote("no-such-run", "c-1"))).Accepted);

    private async Task<(string RunId, IReadOnlyList<OpenApproval> Open)> AskAsync(string playbook)
    {
        var runId = await host.StartRunAsync(playbook, "olga");
        var questions = playbook == "two" ? 2 : 1;
        var details = await host.WaitForAsync(runId, details => details.Run.OpenApprovals.Count == questions, "open approvals");
        return (runId, details.Run.OpenApprovals);
    }

    private static ChannelCommand Vote(string runId, string id) => new()
    {
        RunId = runId,
        CommandId = id,
        Verb = RunVerb.Approve,
        Identity = Identity.GitHub(101, "ada"),
        Via = "comment",
        SaidAt = DateTimeOffset.MaxValue,
    };

    private static string Playbook(string name, string approvals) => $$"""
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: {{name}} }
        spec:
          rollback: { to: start, objective: 1m }
          stages:
            - name: some
              steps: [ { uses: flag/rollout, with: { flag: FLAG, percent: 10 } } ]
              approvals: {{approvals}}
            - name: everybody
              steps: [ { uses: flag/rollout, with: { flag: FLAG, percent: 100 } } ]
        """.Replace("FLAG", $"flag-{name}", StringComparison.Ordinal);
}
