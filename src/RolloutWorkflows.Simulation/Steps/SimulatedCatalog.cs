using RolloutWorkflows.Activities;
using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Simulation;

/// <summary>
/// The step kinds of a simulated host. What only touches this program's own stores, or words a question, is carried out as
/// always; what would reach out into the world is played.
/// </summary>
internal static class SimulatedCatalog
{
    private static readonly HashSet<string> CarriedOut = new(StringComparer.Ordinal)
    {
        "flag/set", "flag/rollout", "flag/canary", "metric/capture", "metric/threshold", "manual/confirm", "signoff",
    };

    public static StepCatalog Create() => new([.. StepCatalog.BuiltIn.Registrations.Select(registration =>
        CarriedOut.Contains(registration.Kind.Name) ? registration : registration with { Activity = Played(registration.Kind).MakeGenericType(registration.Configuration) })]);

    private static Type Played(StepKind kind) => kind.Effect switch
    {
        StepEffect.Reversible => typeof(PlayedEffectActivity<>),
        StepEffect.Irreversible => typeof(PlayedRequestActivity<>),
        _ => typeof(PlayedStepActivity<>),
    };
}
