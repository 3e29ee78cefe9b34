using System.Text.Json;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities.Tests;

public sealed class ManualConfirmTests : IDisposable
{
    private readonly StepRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Confirm_Configured_WaitsWithTheQuestion()
    {
        var result = await _rig.StepAsync("manual/confirm", new { prompt = "Briefed?", approvers = new[] { new { group = "sre" } }, minApprovals = 2, timeout = "3d", onTimeout = "rollback", preventSelfApproval = false });

        Assert.Equal((StepVerdict.Waiting, "Briefed?"), (result.Verdict, result.Question!.Prompt));
        var approval = result.Question.Approval;
        Assert.Equal([new Approver { Group = "sre" }], approval.Approvers);
        Assert.Equal(("step", 2, TimeSpan.FromDays(3), ApprovalFallback.Rollback, false), (approval.Name, approval.MinApprovals.Count, approval.Timeout, approval.OnTimeout, approval.PreventSelfApproval));
    }

    [Fact]
    public async Task Confirm_Defaults_AreOneVoteForeverNotTheStarter()
    {
        var approval = (await _rig.StepAsync("manual/confirm", new { prompt = "Briefed?" })).Question!.Approval;

        Assert.Equal((ApprovalThreshold.One, null, ApprovalFallback.Hold, true), (approval.MinApprovals, approval.Timeout, approval.OnTimeout, approval.PreventSelfApproval));
        Assert.Empty(approval.Approvers);
    }

    [Theory]
    [InlineData("\"all\"", 3)]
    [InlineData("\"2/3\"", 2)]
    [InlineData("\"2\"", 2)]
    [InlineData("1", 1)]
    public async Task Confirm_MinApprovals_IsACountAllOrAFraction(string minApprovals, int neededOfThree)
    {
        var result = await _rig.StepAsync("manual/confirm", new { prompt = "Briefed?", minApprovals = JsonDocument.Parse(minApprovals).RootElement });

        Assert.Equal(neededOfThree, result.Question!.Approval.MinApprovals.NeededOf(3));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1.5")]
    [InlineData("\"3/2\"")]
    [InlineData("\"1/0\"")]
    [InlineData("\"most\"")]
    public async Task Confirm_MinApprovalsThatIsNone_IsErrored(string minApprovals)
    {
        var result = await _rig.StepAsync("manual/confirm", new { prompt = "Briefed?", minApprovals = JsonDocument.Parse(minApprovals).RootElement });

        Assert.Equal((StepVerdict.Errored, $"manual/confirm cannot use with.minApprovals: expected a count, all, or a fraction such as 2/3, got {minApprovals}."), (result.Verdict, result.Message));
    }
}
