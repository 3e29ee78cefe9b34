using System.Text.Json;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Host.Tests.Slack;

public sealed class ClosedQuestionsTests
{
    private const string Run = "tiny-20260101-0000";

    private static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly InMemoryRunLog log = new();

    [Fact]
    public async Task Tell_OfADecision_NamesWhoWhichWayWhenAndWhyWithoutObeyingIt()
    {
        var asked = Question("q1") with { Votes = [new Vote { Person = "grace", Approves = true, Via = "comment", Reason = "<!channel> go", At = At, CommandId = "c" }] };
        await AppendAsync(RunLogKind.ApprovalAsked, "asked", Question("q1"));
        await AppendAsync(RunLogKind.ApprovalDecided, "some: approved by grace", asked);

        var told = await TellAsync("q1");

        Assert.Contains("decided already", told, StringComparison.Ordinal);
        Assert.Contains("grace approved by comment", told, StringComparison.Ordinal);
        Assert.Contains(SlackText.Date(At), told, StringComparison.Ordinal);
        Assert.Contains("&lt;!channel&gt; go", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tell_OfAVoidedQuestion_SaysSoAndWhy()
    {
        await AppendAsync(RunLogKind.ApprovalAsked, "asked", Question("q1"));
        await AppendAsync(RunLogKind.ApprovalVoided, "some: the open question is void, since inputs changed", Question("q1"));
        await AppendAsync(RunLogKind.ApprovalDecided, "some: approved by grace", Question("q2"));

        var told = await TellAsync("q1");

        Assert.Contains("does not count any more", told, StringComparison.Ordinal);
        Assert.Contains("inputs changed", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tell_OfAQuestionWhoseStageEnded_SaysThatItWasClosed()
    {
        await AppendAsync(RunLogKind.ApprovalDecided, "some: approved by grace", Question("q0"));
        await AppendAsync(RunLogKind.ApprovalAsked, "asked", Question("q1"));
        await AppendAsync(RunLogKind.ApprovalDecided, "other: closed undecided, since its stage ended", null);
        await AppendAsync(RunLogKind.ApprovalDecided, "some: closed undecided, since its stage ended", null);

        Assert.Contains("some: closed undecided", await TellAsync("q1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tell_OfAQuestionThatNobodyAsked_SaysThatNothingWasDone()
    {
        await AppendAsync(RunLogKind.ApprovalDecided, "some: approved by grace", Question("q1"));

        Assert.Contains("knows no such question. Nothing was done.", await TellAsync("q2"), StringComparison.Ordinal);
    }

    private Task<string> TellAsync(string approvalId) => new ClosedQuestions(log).TellAsync(Run, approvalId, TestContext.Current.CancellationToken);

    private async Task AppendAsync(RunLogKind kind, string message, OpenApproval? question) => await log.AppendAsync(new RunLogEntry
    {
        EntryId = $"{kind}:{message}:{question?.ApprovalId}",
        RunId = Run,
        At = At,
        PlaybookTime = At,
        Kind = kind,
        Stage = "some",
        Actor = "rollout",
        Message = message,
        Data = question is null ? null : JsonSerializer.SerializeToElement(question, PlaybookJson.Options),
    });

    private static OpenApproval Question(string id) => new() { ApprovalId = id, Name = "some", Stage = "some", Prompt = "go on?", Electorate = ["grace"], Needed = 1, AskedAt = At };
}
