using System.Text.Json;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities.Tests;

public sealed class SignoffTests : IDisposable
{
    private readonly StepRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Signoff_Configured_WaitsWithTheQuestion()
    {
        var result = await _rig.StepAsync("signoff", new { prompt = "Suits us", by = new[] { new { group = "validators" } }, timeout = "5d", onTimeout = "rollback", escalateTo = new[] { "chief" } });

        Assert.Equal((StepVerdict.Waiting, "Suits us"), (result.Verdict, result.Question!.Prompt));
        var approval = result.Question.Approval;
        Assert.Equal([new Approver { Group = "validators" }], approval.Approvers);
        Assert.Equal(("step", ApprovalThreshold.All, TimeSpan.FromDays(5), ApprovalFallback.Rollback, true), (approval.Name, approval.MinApprovals, approval.Timeout, approval.OnTimeout, approval.PreventSelfApproval));
        Assert.Equal(["chief"], approval.EscalateTo);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("\"most\"")]
    public async Task Signoff_MinApprovalsThatIsNone_IsErrored(string minApprovals)
    {
        var result = await _rig.StepAsync("signoff", new { prompt = "Suits us", by = new[] { new { group = "validators" } }, minApprovals = JsonDocument.Parse(minApprovals).RootElement });

        Assert.Equal((StepVerdict.Errored, $"signoff cannot use with.minApprovals: expected a count, all, or a fraction such as 2/3, got {minApprovals}."), (result.Verdict, result.Message));
    }
}
