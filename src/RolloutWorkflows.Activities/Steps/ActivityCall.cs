using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>
/// The one place where activities use what this repository's engine adds to the portable programming model. To run
/// on another engine, this file is what changes.
/// </summary>
internal static class ActivityCall
{
    /// <summary>Equal in all deliveries of one call, and in no other. Where the engine has none, it is told from where the step stands, so that two tries of a step within one attempt and epoch count as one call.</summary>
    public static string KeyOf(TaskActivityContext context, StepRequest request) =>
        context.GetIdempotencyKey() ?? $"{context.InstanceId}/{request.Stage}/{request.Attempt}/{request.Epoch}/{request.StepId}";

    /// <summary>Cancelled when the worker stops; never where the engine has no such thing.</summary>
    public static CancellationToken StoppingOf(TaskActivityContext context) => context.GetCancellationToken();
}
