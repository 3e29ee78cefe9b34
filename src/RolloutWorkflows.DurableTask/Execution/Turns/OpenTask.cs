using RolloutWorkflows.DurableTask.History;

namespace RolloutWorkflows.DurableTask.Execution.Turns;

/// <summary>Something the orchestration has asked for and not yet received.</summary>
internal abstract class OpenTask(int id, OpenTaskKind kind, string name)
{
    public int Id => id;

    public OpenTaskKind Kind => kind;

    /// <summary>Name of the activity or orchestrator; empty for a timer.</summary>
    public string Name => name;

    /// <summary>When a timer fires, or <see langword="default"/>.</summary>
    public DateTime DueAt { get; init; }

    /// <summary>Instance id of a sub-orchestration, or <see langword="null"/>.</summary>
    public string? ChildInstanceId { get; init; }

    /// <summary>Cancels a timer when its token is cancelled.</summary>
    public CancellationTokenRegistration Cancellation { get; set; }

    /// <summary>Completes the awaited task with a serialised result.</summary>
    public abstract void Complete(string? result, DataConverter converter);

    /// <summary>Completes the awaited task with a failure.</summary>
    public abstract void Fail(FailureRecord failure);

    /// <summary>Completes the awaited task as cancelled.</summary>
    public abstract void Cancel(CancellationToken token);
}
