using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>Carries out one attempt at a stage, in the order in which the playbook language puts its parts.</summary>
[DurableTask(OrchestrationNames.Stage)]
public sealed class StageOrchestrator : TaskOrchestrator<StageInput, StageOutcome>
{
    public override async Task<StageOutcome> RunAsync(TaskOrchestrationContext context, StageInput input)
    {
        var stage = new StageRun(context, input);
        stage.Listen();
        try
        {
            await stage.AwaitWindowAsync();
            await stage.CheckReadinessAsync();
            do
            {
                await stage.AskApprovalsBeforeAsync();
                await stage.AwaitWindowAgainAsync();
            }
            while (stage.MustBeApprovedAgain(ApprovalTiming.Before));

            await stage.CarryOutStepsAsync();
            await stage.SoakAsync();
            await stage.MeetCriteriaAsync();
            do
            {
                await stage.AskApprovalsAfterAsync();
                await stage.AwaitIncidentsAsync();
                await stage.MeasureAfreshAsync();
            }
            while (stage.MustBeApprovedAgain(ApprovalTiming.After));

            await stage.TellOfPromotionAsync();
            return await stage.EndAsync(StageOutcomeKind.Promoted, $"{input.Stage} is promoted");
        }
        catch (StageEndedException ended)
        {
            return await stage.EndAsync(ended.Kind, ended.Message, ended.Surface);
        }
    }
}
