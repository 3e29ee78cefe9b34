using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>The questions that a stage puts to people: approvals, and steps that people answer.</summary>
internal sealed partial class StageRun
{
    public Task AskApprovalsBeforeAsync() => AskApprovalsAsync(ApprovalTiming.Before, stage.Name);

    public Task AskApprovalsAfterAsync() => AskApprovalsAsync(ApprovalTiming.After, input.NextStage);

    private async Task AskApprovalsAsync(ApprovalTiming when, string? opens)
    {
        await PassHoldAsync();
        var asked = stage.Approvals.Where(approval => approval.When == when).ToList();
        await Task.WhenAll(asked.Select(approval => MustBeApprovedAsync(approval, PromptFor(opens), opens)));
    }

    private async Task MustBeApprovedAsync(Approval approval, string prompt, string? opens)
    {
        while (true)
        {
            var answer = await AskAsync(approval, prompt, opens);
            if (answer.Verdict == ApprovalVerdict.Approved) return;

            var message = answer.Verdict == ApprovalVerdict.TimedOut
                ? $"nobody decided {approval.Name} of {stage.Name} in time"
                : $"{approval.Name} of {stage.Name} was rejected by {answer.By}";
            var reaction = answer.Verdict == ApprovalVerdict.TimedOut && approval.OnTimeout != ApprovalFallback.Reject
                ? approval.OnTimeout
                : approval.OnReject;
            if (reaction == ApprovalFallback.Rollback) throw new StageEndedException(StageOutcomeKind.RollBack, message);
            await AwaitChoiceAsync(message, RunVerb.Retry);
        }
    }

    /// <summary>A step whose answer is a person's: approved passes, rejected fails, silence is no answer.</summary>
    private async Task<StepResult> AskStepQuestionAsync(Step step, PeopleQuestion question)
    {
        var answer = await AskAsync(question.Approval with { Name = step.Id }, question.Prompt, opens: null);
        Enter(phase.Trigger, phase.Because);
        return answer.Verdict switch
        {
            ApprovalVerdict.Approved => new StepResult { Verdict = StepVerdict.Passed, Message = $"confirmed by {answer.By}" },
            ApprovalVerdict.Rejected => new StepResult { Verdict = StepVerdict.Failed, Message = $"refused by {answer.By}" },
            _ => new StepResult { Verdict = StepVerdict.Errored, Message = "nobody answered in time" },
        };
    }

    private async Task<StageControl> AskAsync(Approval approval, string prompt, string? opens)
    {
        var id = ApprovalId(approval, opens);
        Tell(new RunSignal
        {
            Kind = RunSignalKind.PeopleAsked,
            From = context.InstanceId,
            Message = prompt,
            Question = new ApprovalQuestion { ApprovalId = id, Approval = approval, Prompt = prompt },
        });
        await AwaitAsync(() => answers.ContainsKey(id));
        return answers[id];
    }

    /// <summary>Names exactly what is approved: this asking, this playbook, these inputs and the very steps that follow.</summary>
    private string ApprovalId(Approval approval, string? opens)
    {
        var subject = JsonSerializer.Serialize(new { Asked = asked++, approval.Name, input.Rollout.PlaybookDigest, input.Rollout.Inputs, Steps = ResolvedStepsOf(opens) });
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(subject)));
        return $"{input.Rollout.RunId}/{stage.Name}/{input.Attempt}/{digest[..12]}";
    }

    private string PromptFor(string? opens)
    {
        if (opens is null) return $"Finish the rollout after {stage.Name}?";
        var steps = ResolvedStepsOf(opens);
        return steps.Count == 0 ? $"Open {opens}? It changes nothing by itself." : $"Open {opens}? Its steps: {string.Join("; ", steps)}";
    }

    /// <summary>The steps of a stage as they would be sent, as far as their values are known by now.</summary>
    private IReadOnlyList<string> ResolvedStepsOf(string? name)
    {
        if (name is null || playbook.FindStage(name) is not { } target) return [];
        return [.. target.Steps.Select(step => $"{step.Uses} ({string.Join(", ", step.With.Select(pair => $"{pair.Key}: {Shown(pair.Value)}"))})")];
    }

    private string Shown(JsonElement value)
    {
        try
        {
            return ExpressionResolver.Resolve(value, Scope()).ToString();
        }
        catch (ExpressionException)
        {
            // Outputs of steps that have not run yet: shown, and bound, as they are written.
            return value.ToString();
        }
    }
}
