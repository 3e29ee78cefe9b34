using System.Text.Json;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>Words the questions of steps that people answer.</summary>
internal static class PeopleQuestions
{
    /// <summary>The question; Errored where <c>minApprovals</c> is no number of people.</summary>
    /// <param name="request">The step that asks.</param>
    /// <param name="prompt">What is asked.</param>
    /// <param name="minApprovals">How many must agree, as the step says it.</param>
    /// <param name="unless">How many where the step does not say.</param>
    /// <param name="approval">Who is asked, and what silence leads to.</param>
    public static StepResult Ask(StepRequest request, string prompt, JsonElement? minApprovals, ApprovalThreshold unless, Approval approval)
    {
        var needed = minApprovals is { } given ? ApprovalCount.Read(given) : unless;
        if (needed is null)
        {
            return new StepResult
            {
                Verdict = StepVerdict.Errored,
                Message = $"{request.Uses} cannot use with.minApprovals: expected a count, all, or a fraction such as 2/3, got {minApprovals!.Value.GetRawText()}.",
            };
        }

        return new StepResult
        {
            Verdict = StepVerdict.Waiting,
            Message = prompt,
            Question = new PeopleQuestion { Prompt = prompt, Approval = approval with { MinApprovals = needed } },
        };
    }
}
