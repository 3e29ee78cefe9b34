using Microsoft.Extensions.Logging;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>Carries out <c>manual/confirm</c>: it only words the question; the run puts it and counts the answers.</summary>
internal sealed class ManualConfirmActivity(TimeProvider time, ILogger<ManualConfirmActivity> logger)
    : StepActivity<ManualConfirmStep>(time, logger)
{
    protected override Task<StepResult> ExecuteAsync(StepCall<ManualConfirmStep> call, CancellationToken cancellation) => Task.FromResult(Ask(call));

    private static StepResult Ask(StepCall<ManualConfirmStep> call)
    {
        var step = call.Step;
        var needed = step.MinApprovals is { } given ? ApprovalCount.Read(given) : ApprovalThreshold.One;
        if (needed is null) return Errored($"manual/confirm cannot use with.minApprovals: expected a count, all, or a fraction such as 2/3, got {step.MinApprovals!.Value.GetRawText()}.");
        return new StepResult
        {
            Verdict = StepVerdict.Waiting,
            Message = step.Prompt,
            Question = new PeopleQuestion
            {
                Prompt = step.Prompt,
                Approval = new Approval
                {
                    Name = call.Request.StepId,
                    Approvers = step.Approvers,
                    MinApprovals = needed,
                    PreventSelfApproval = step.PreventSelfApproval,
                    Timeout = step.Timeout,
                    OnTimeout = Enum.Parse<ApprovalFallback>(step.OnTimeout, ignoreCase: true),
                },
            },
        };
    }
}
