namespace RolloutWorkflows.Activities;

/// <summary>Marks the activity that carries out the kind which <typeparamref name="TStep"/> configures; without one the kind is declared only.</summary>
internal interface IStepActivity<TStep>
    where TStep : class;
