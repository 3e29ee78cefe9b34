using RolloutWorkflows.Host;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Cli.Tests.Output;

/// <summary>The sentences of <c>rollout status</c>: for whom a run waits, until when, and what a breach now would restore.</summary>
public sealed class WaitTextTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Fact]
    public void Of_OpenApproval_NamesWhoHasNotAnsweredAndUntilWhen()
    {
        var approval = new OpenApproval { ApprovalId = "r/s/1/d", Name = "go", Stage = "s", Prompt = "Go?", Electorate = ["ada", "grace", "bo"], Needed = 2, AskedAt = Noon, Deadline = Noon.AddDays(1), Votes = [new Vote { Person = "ada", Approves = true, Via = "cli", At = Noon, CommandId = "c" }] };

        Assert.Equal("Waits for 1 more of grace, bo to answer go, until 2026-03-02 12:00:00Z (13:00 local).", WaitText.Of(Details(RunState.AwaitingApproval) with { Run = Run(RunState.AwaitingApproval) with { OpenApprovals = [approval] } }, Berlin));
    }

    [Fact]
    public void Of_Soaking_SaysUntilWhenIfItStaysClean()
    {
        var soak = new SoakStatus { Stage = "ten", Attempt = 1, AsOf = Noon, StartedAt = Noon, Needed = TimeSpan.FromHours(2), PassesAt = Noon.AddHours(2) };

        Assert.Equal("Waits for the soak of ten, for nobody; if it stays clean, until about 2026-03-01 14:00:00Z (15:00 local), in 2 h.", WaitText.Of(Details(RunState.Soaking) with { Soak = soak }, Berlin));
    }

    [Fact]
    public void Of_SoakingByACounter_SaysHowFarItIsAndWhyItDoesNotCount()
    {
        var soak = new SoakStatus { Stage = "ten", Attempt = 1, AsOf = Noon, StartedAt = Noon, Needed = TimeSpan.FromHours(2), Counts = [new CountedIncrease { Metric = "finalized-epochs", Needed = 10, Counted = 7, Problem = "refused" }] };

        Assert.Equal("Waits for the soak of ten, for nobody: 2 h remain, 7 of 10 finalized-epochs (refused).", WaitText.Of(Details(RunState.Soaking) with { Soak = soak }, Berlin));
    }

    [Fact]
    public void Of_Holding_NamesTheChoices() =>
        Assert.Equal("Waits for a person to choose: resume, rollback, abort; no time limit.", WaitText.Of(Details(RunState.Holding), Berlin));

    [Fact]
    public void Of_Ended_WaitsForNothing() =>
        Assert.Null(WaitText.Of(Details(RunState.Succeeded) with { Run = Run(RunState.Succeeded) with { EndedAt = Noon } }, Berlin));

    [Fact]
    public void OfBreach_TwoStagesOnOneFlag_GoesFromTheNewestValueToTheOldest()
    {
        var preview = new RollbackPreviewAnswer { RunId = "r", State = RunState.Soaking, To = "start", Stage = "ten", Objective = TimeSpan.FromMinutes(1), Effects = [Effect("10 %", "1 %"), Effect("1 %", "0 %")], Now = Noon };

        Assert.Equal("A breach now would restore to start, within 1 min: flag:bar from 10 % to 0 %.", WaitText.OfBreach(preview));
        Assert.Equal("A breach now would restore nothing: nothing that it changed stands.", WaitText.OfBreach(preview with { Effects = [] }));
        var drifted = Effect("0 %", "0 %") with { Outcome = CompensationOutcome.Drifted, Message = "was changed by somebody else, so it would not be raised" };
        Assert.Equal("A breach now would restore to start, within 1 min: flag:bar: was changed by somebody else, so it would not be raised.", WaitText.OfBreach(preview with { Effects = [drifted] }));
    }

    private static RestorationPreview Effect(string from, string to) => new() { Target = "flag:bar", Stage = "s", StepId = "p", Uses = "flag/rollout", From = from, To = to, Outcome = CompensationOutcome.Restored, Message = "would be restored" };

    private static RolloutDetails Details(RunState state) => new() { Run = Run(state), Timeline = [], Orchestration = "Running", Now = Noon };

    private static RunStatus Run(RunState state) => new()
    {
        RunId = "r",
        Playbook = "p",
        State = state,
        Because = "of a test",
        StartedBy = "ada",
        StartedAt = Noon,
        Stages = [],
        Accepts = state == RunState.Holding ? [RunVerb.Resume, RunVerb.Rollback, RunVerb.Abort, RunVerb.Annotate] : [],
    };
}
