using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests;

public sealed class WorkflowConclusionTests
{
    [Theory]
    [InlineData("queued", null, StepVerdict.Waiting, "is queued")]
    [InlineData("in_progress", null, StepVerdict.Waiting, "is in progress")]
    [InlineData("waiting", null, StepVerdict.Waiting, "waits for an approval at GitHub")]
    [InlineData(null, null, StepVerdict.Waiting, "is not started")]
    [InlineData("completed", "success", StepVerdict.Passed, "ended with success")]
    [InlineData("completed", "failure", StepVerdict.Failed, "ended with failure (deploy: failure)")]
    [InlineData("completed", "cancelled", StepVerdict.Failed, "ended with cancelled (deploy: failure)")]
    [InlineData("completed", "timed_out", StepVerdict.Failed, "ended with timed_out (deploy: failure)")]
    [InlineData("completed", "skipped", StepVerdict.Failed, "ended with skipped (deploy: failure)")]
    [InlineData("completed", "neutral", StepVerdict.Failed, "ended with neutral (deploy: failure)")]
    [InlineData("completed", "action_required", StepVerdict.Failed, "ended with action_required (deploy: failure)")]
    [InlineData("completed", null, StepVerdict.Failed, "ended with no conclusion (deploy: failure)")]
    public void Verdict_OfAWorkflowRun_IsAsDocumented(string? status, string? conclusion, StepVerdict expected, string described)
    {
        var run = new GitHubWorkflowRun { Id = 1, WorkflowId = 1, Event = "workflow_dispatch", Status = status, Conclusion = conclusion, HeadSha = "", CreatedAt = default, UpdatedAt = default, Url = "" };
        GitHubJob[] jobs = conclusion == "success" ? [] : [new(1, "build", "completed", "success", null, null), new(2, "deploy", "completed", "failure", null, null)];

        Assert.Equal((expected, described), (WorkflowConclusion.VerdictOf(run), WorkflowConclusion.Describe(run, jobs)));
    }
}
