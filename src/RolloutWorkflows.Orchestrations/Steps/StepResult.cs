using System.Text.Json;

namespace RolloutWorkflows.Orchestrations;

/// <summary>How a step ended, why, and what it leaves to later ones. Goes into history: short, and free of secrets.</summary>
public sealed record StepResult
{
    public required StepVerdict Verdict { get; init; }

    /// <summary>One sentence for people: what was found or done, expected against got.</summary>
    public required string Message { get; init; }

    public IReadOnlyDictionary<string, JsonElement> Outputs { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>What the step changed, as journaled; null for checks.</summary>
    public EffectRecord? Effect { get; init; }

    /// <summary>After how much playbook time the step is to be called again, where it takes longer than one call may and the verdict is <see cref="StepVerdict.Waiting"/>.</summary>
    public TimeSpan? Again { get; init; }

    /// <summary>What the next call is given, where the step is to be called again.</summary>
    public JsonElement? Keep { get; init; }

    /// <summary>How far a step is that is to be called again; null where it cannot be counted.</summary>
    public StepProgress? Progress { get; init; }

    /// <summary>The question to people that decides the step, where the verdict is <see cref="StepVerdict.Waiting"/>.</summary>
    public PeopleQuestion? Question { get; init; }
}
