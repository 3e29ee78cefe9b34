using Microsoft.Extensions.Logging;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>Carries out <c>signoff</c>: it only words the question; the run puts it and counts the signatures.</summary>
internal sealed class SignoffActivity(TimeProvider time, ILogger<SignoffActivity> logger) : StepActivity<SignoffStep>(time, logger)
{
    protected override Task<StepResult> ExecuteAsync(StepCall<SignoffStep> call, CancellationToken cancellation)
    {
        var step = call.Step;
        return Task.FromResult(PeopleQuestions.Ask(call.Request, step.Prompt, step.MinApprovals, ApprovalThreshold.All, new Approval
        {
            Name = call.Request.StepId,
            Approvers = step.By,
            PreventSelfApproval = step.PreventSelfApproval,
            Timeout = step.Timeout,
            OnTimeout = Enum.Parse<ApprovalFallback>(step.OnTimeout, ignoreCase: true),
            EscalateTo = step.EscalateTo,
        }));
    }
}
