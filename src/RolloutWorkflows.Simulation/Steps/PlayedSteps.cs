using System.Text.Json;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Simulation;

/// <summary>What played steps share: which of them fail, what the played world holds, and what they put out. Thread-safe.</summary>
internal sealed class PlayedSteps(StepCatalog catalog, IReadOnlyList<SimulatedFault> faults)
{
    /// <summary>Reversible values by target and name.</summary>
    public PlayedWorld World { get; } = new();

    /// <summary>What a fault makes of a step, or null where it has none.</summary>
    public StepResult? FaultOf(StepRequest request) =>
        faults.FirstOrDefault(fault => fault.IsOfStep && fault.Stage == request.Stage && fault.Subject == request.StepId) is not { } fault ? null
        : new StepResult { Verdict = fault.Fails ? StepVerdict.Failed : StepVerdict.Errored, Message = $"{request.StepId} {(fault.Fails ? "fails" : "cannot be answered")}, as the simulated fault says" };

    /// <summary>The step's result where nothing is wrong with it: something stands for each of its outputs.</summary>
    public StepResult Done(StepRequest request, string message) => new()
    {
        Verdict = StepVerdict.Passed,
        Message = message,
        Outputs = catalog.TryFind(request.Uses, out var kind) ? kind.Outputs.Keys.ToDictionary(name => name, name => JsonSerializer.SerializeToElement($"simulated-{name}")) : [],
    };
}
