using System.Text.Json;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Simulation;

/// <summary>A run to be simulated.</summary>
public sealed record SimulationOptions
{
    public required Playbook Playbook { get; init; }

    /// <summary>All inputs, defaults filled in.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Inputs { get; init; }

    /// <summary>The recorded metrics; null: every metric reads so that all conditions of the playbook hold.</summary>
    public MetricTrace? Trace { get; init; }

    /// <summary>What goes wrong.</summary>
    public IReadOnlyList<SimulatedFault> Faults { get; init; } = [];

    /// <summary>When the run starts; null: with the trace, or today at nine.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>How long people take to answer; default: they answer at once.</summary>
    public TimeSpan AnswerAfter { get; init; }

    /// <summary>The people who are known; null: those of the playbook. Whoever else is asked gets a stand-in.</summary>
    public People? People { get; init; }

    public IReadOnlyDictionary<string, IReadOnlyList<Holiday>> Holidays { get; init; } = new Dictionary<string, IReadOnlyList<Holiday>>();

    /// <summary>No simulated run takes longer; default two years.</summary>
    public TimeSpan AtMost { get; init; } = TimeSpan.FromDays(730);

    /// <summary>Ends the simulation as soon as it says so; null: at the run's end, or where it stands and only people could go on.</summary>
    internal Func<Orchestrations.RunStatus, bool>? Until { get; init; }
}
