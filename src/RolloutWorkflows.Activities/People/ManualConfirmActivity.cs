using Microsoft.Extensions.Logging;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>Carries out <c>manual/confirm</c>: it only words the question; the run puts it and counts the answers.</summary>
internal sealed class ManualConfirmActivity(TimeProvider time, ILogger<ManualConfirmActivity> logger)
    : StepActivity<ManualConfirmStep>(time, logger)
{
    protected override Task<StepResult> ExecuteAsync(StepCall<ManualConfirmStep> call, CancellationToken cancellation)
    {
        var step = call.Step;
        return Task.FromResult(PeopleQuestions.Ask(call.Request, step.Prompt, step.MinApprovals, ApprovalThreshold.One, new Approval
        {
            Name = call.Request.StepId,
            Approvers = step.Approvers,
            PreventSelfApproval = step.PreventSelfApproval,
            Timeout = step.Timeout,
            OnTimeout = Enum.Parse<ApprovalFallback>(step.OnTimeout, ignoreCase: true),
            EscalateTo = step.EscalateTo,
        }));
    }
}
