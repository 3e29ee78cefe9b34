using RolloutWorkflows.Activities;
using RolloutWorkflows.DurableTask;
using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host;

/// <summary>Begins an orchestration for each environment that waits, which asks until it is answered.</summary>
internal sealed class ProtectionRules(DurableTaskClient client) : IProtectionRules
{
    public async Task<string> AskAsync(ProtectionQuestion question, CancellationToken cancellation = default)
    {
        var id = OrchestrationNames.ProtectionInstance(question.Repository, question.WorkflowRunId, question.Environment);
        if (await client.GetInstanceAsync(id, getInputsAndOutputs: false, cancellation) is { IsCompleted: false }) return $"{id} waits for its run already";
        var input = new ProtectionInput
        {
            Repository = question.Repository,
            Environment = question.Environment,
            WorkflowRunId = question.WorkflowRunId,
            Sha = question.Sha,
            Ref = question.Ref,
        };
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(OrchestrationNames.Protection, input, new StartOrchestrationOptions(id), CancellationToken.None);
            return $"{id} waits for its run";
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // The same question at the same moment.
            return $"{id} waits for its run already";
        }
    }
}
