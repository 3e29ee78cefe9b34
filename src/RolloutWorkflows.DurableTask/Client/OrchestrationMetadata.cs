using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace RolloutWorkflows.DurableTask.Client;

/// <summary>The state of an instance at the moment it was read.</summary>
public sealed class OrchestrationMetadata
{
    /// <param name="name">Name of the orchestrator.</param>
    /// <param name="instanceId">Id of the instance.</param>
    public OrchestrationMetadata(string name, string instanceId)
    {
        Name = name;
        InstanceId = instanceId;
    }

    /// <summary>Name of the orchestrator.</summary>
    public string Name { get; }

    /// <summary>Id of the instance.</summary>
    public string InstanceId { get; }

    /// <summary>Reads the payloads; set only when they were asked for.</summary>
    public DataConverter? DataConverter { get; init; }

    /// <summary>Where the instance stands.</summary>
    public OrchestrationRuntimeStatus RuntimeStatus { get; init; }

    /// <summary>When it was scheduled.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its state last changed.</summary>
    public DateTimeOffset LastUpdatedAt { get; init; }

    /// <summary>The input; set only when asked for.</summary>
    public string? SerializedInput { get; init; }

    /// <summary>The output; set only when asked for and ended.</summary>
    public string? SerializedOutput { get; init; }

    /// <summary>The custom status; set only when payloads were asked for.</summary>
    public string? SerializedCustomStatus { get; init; }

    /// <summary>Tags of the instance.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Why the instance failed; set only when payloads were asked for.</summary>
    public TaskFailureDetails? FailureDetails { get; init; }

    /// <summary>
    /// Why the engine cannot go on with the instance, or <see langword="null"/>. Its status stays as it was; it goes
    /// on once the cause is gone and it is resumed through <see cref="IOrchestrationAdministration"/>.
    /// </summary>
    public string? ParkedReason { get; init; }

    /// <summary>JSON that tells what the instance waits for, such as events, timers and activities; <see langword="null"/> once ended.</summary>
    public string? WaitSummary { get; init; }

    /// <summary>Id of the instance that called this one, or <see langword="null"/>.</summary>
    public string? ParentInstanceId { get; init; }

    /// <summary>Version of the instance; empty when unversioned.</summary>
    public string Version { get; init; } = string.Empty;

    /// <summary>Whether the status is <see cref="OrchestrationRuntimeStatus.Running"/>.</summary>
    public bool IsRunning => RuntimeStatus == OrchestrationRuntimeStatus.Running;

    /// <summary>Whether the instance has ended, in whatever way.</summary>
    public bool IsCompleted => RuntimeStatus
        is OrchestrationRuntimeStatus.Completed
        or OrchestrationRuntimeStatus.Failed
        or OrchestrationRuntimeStatus.Terminated;

    /// <summary>The input as a type.</summary>
    /// <exception cref="InvalidOperationException">Inputs and outputs were not asked for.</exception>
    public T? ReadInputAs<T>() => Read<T>(SerializedInput);

    /// <summary>The output as a type.</summary>
    /// <exception cref="InvalidOperationException">Inputs and outputs were not asked for.</exception>
    public T? ReadOutputAs<T>() => Read<T>(SerializedOutput);

    /// <summary>The custom status as a type.</summary>
    /// <exception cref="InvalidOperationException">Inputs and outputs were not asked for.</exception>
    public T? ReadCustomStatusAs<T>() => Read<T>(SerializedCustomStatus);

    public override string ToString() =>
        $"[Name: '{Name}', ID: '{InstanceId}', RuntimeStatus: {RuntimeStatus}, CreatedAt: {CreatedAt:s}, LastUpdatedAt: {LastUpdatedAt:s}"
        + Part("Input", SerializedInput)
        + Part("Output", SerializedOutput)
        + Part("FailureDetails", FailureDetails is null ? null : $"{FailureDetails.ErrorType} - {FailureDetails.ErrorMessage}")
        + Part("Parked", ParkedReason) + "]";

    private static string Part(string name, string? value) =>
        value is null ? string.Empty : $", {name}: '{(value.Length > 80 ? value[..80] + "..." : value)}'";

    [return: MaybeNull]
    private T Read<T>(string? data) => DataConverter is null
        ? throw new InvalidOperationException($"Inputs and outputs of instance '{InstanceId}' were not read. Ask for them with getInputsAndOutputs: true.")
        : DataConverter.Deserialize<T>(data);
}
