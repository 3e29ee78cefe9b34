using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>One call of a step: its bound configuration, where in which run it stands, and the key that all deliveries of it share.</summary>
internal sealed record StepCall<TStep>(TStep Step, StepRequest Request, string Key)
    where TStep : class;
