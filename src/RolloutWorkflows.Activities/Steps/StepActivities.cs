using Microsoft.Extensions.DependencyInjection;

namespace RolloutWorkflows.Activities;

/// <summary>Makes a step kind's activity where another activity needs it: a guardrail that repeats a check, a rollback that restores an effect.</summary>
internal sealed class StepActivities(IServiceProvider services, StepCatalog catalog)
{
    /// <summary>The kind's activity, or null where this build cannot carry the kind out.</summary>
    public ITaskActivity? Find(string uses) =>
        catalog.Find(uses)?.Activity is { } type ? (ITaskActivity)ActivatorUtilities.CreateInstance(services, type) : null;

    /// <summary>The kind's way back, or null where it has none.</summary>
    public IReversibleEffect? FindReversible(string uses) => Find(uses) as IReversibleEffect;
}
