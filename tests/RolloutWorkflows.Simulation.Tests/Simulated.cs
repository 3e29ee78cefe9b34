using System.Text.Json;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Simulation.Tests;

/// <summary>Playbooks to simulate.</summary>
internal static class Simulated
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static Playbook Shipped(string name) => Load(File.ReadAllText(Path.Combine(Root, "playbooks", $"{name}.yaml")));

    public static Playbook Load(string yaml)
    {
        var loaded = PlaybookLoader.Load(yaml, "simulated.yaml", StepCatalog.BuiltIn);
        Assert.DoesNotContain(loaded.Problems, problem => problem.Severity == ProblemSeverity.Error);
        return loaded.Playbook!;
    }

    /// <summary>With the playbook's defaults, and something for inputs that have none.</summary>
    public static SimulationOptions Of(Playbook playbook, MetricTrace? trace = null, params IReadOnlyList<string> faults) => new()
    {
        Playbook = playbook,
        Inputs = playbook.Inputs.ToDictionary(input => input.Key, input => input.Value.Default ?? JsonSerializer.SerializeToElement("simulated")),
        Trace = trace,
        Faults = [.. faults.Select(text => SimulatedFault.TryParse(text, playbook, out var fault, out var problem) ? fault : throw new ArgumentException(problem))],
    };

    private static string Find(string folder) => File.Exists(Path.Combine(folder, "RolloutWorkflows.sln")) ? folder
        : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException($"no RolloutWorkflows.sln above {AppContext.BaseDirectory}"));
}
