using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.DurableTask.Testing;
using RolloutWorkflows.DurableTask.Worker;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.ShippedPlaybooks.Tests;

/// <summary>A shipped playbook and the host that carries it out.</summary>
internal sealed record ShippedStart
{
    public required Playbook Playbook { get; init; }

    /// <summary>What stands below <c>extensions.rollout</c> in host.json, as an object of anonymous types.</summary>
    public required object Settings { get; init; }

    /// <summary>The inputs that differ from the playbook's defaults.</summary>
    public object Inputs { get; init; } = new { };

    public string StartedBy { get; init; } = "ada";

    /// <summary>Files of the host's root folder by their relative path, such as <c>people.yaml</c> or <c>files/web.env</c>.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>Variables of the server's environment, for secrets.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The clock that the run shares with what it rolls out.</summary>
    public VirtualTimeProvider Time { get; init; } = ScenarioStart.Clock();

    public ReplayMode Replay { get; init; } = ReplayMode.Sticky;

    /// <summary>What the host has beside what its configuration says.</summary>
    public Action<IServiceCollection> Services { get; init; } = _ => { };

    /// <summary>What people and programs do beside answering questions, at each look at the run; true where something was done.</summary>
    public Func<RolloutScenario, RunStatus, Task<bool>> Beside { get; init; } = (_, _) => Task.FromResult(false);

    /// <summary>What stands outside of the host and must be as before once everything was rolled back, as text; none by default.</summary>
    public Func<Task<string>> Outside { get; init; } = () => Task.FromResult("");
}
