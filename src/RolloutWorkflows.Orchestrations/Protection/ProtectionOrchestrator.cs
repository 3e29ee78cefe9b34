namespace RolloutWorkflows.Orchestrations;

/// <summary>
/// Lets one environment of GitHub Actions wait for a run: looks until the run has come far enough or never will, tells GitHub
/// once, and ends with the sentence that says how. It goes on as new after each look, so that days leave no history behind.
/// </summary>
[DurableTask(OrchestrationNames.Protection)]
public sealed class ProtectionOrchestrator : TaskOrchestrator<ProtectionInput, string>
{
    private static readonly TimeSpan BrokenAgainAfter = TimeSpan.FromMinutes(5);

    public override async Task<string> RunAsync(TaskOrchestrationContext context, ProtectionInput input)
    {
        var look = await LookAsync(context, input);
        if (look.Again is not { } again) return look.Message;
        context.SetCustomStatus(look.Message);
        await context.CreateTimer(again, CancellationToken.None);
        context.ContinueAsNew(input with { Told = look.Told, Reports = look.Reports });
        return look.Message;
    }

    /// <summary>What is broken here is tried again: a deployment must not hang because of it.</summary>
    private static async Task<ProtectionLook> LookAsync(TaskOrchestrationContext context, ProtectionInput input)
    {
        try
        {
            return await context.CallActivityAsync<ProtectionLook>(ActivityNames.AnswerProtectionRule, input);
        }
        catch (TaskFailedException broken)
        {
            return new ProtectionLook { Message = broken.FailureDetails.ErrorMessage, Again = BrokenAgainAfter, Told = input.Told, Reports = input.Reports };
        }
    }
}
