using Microsoft.Extensions.Options;
using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Execution.Actors;
using RolloutWorkflows.DurableTask.History;
using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Execution;

/// <summary>The client of the engine within this process.</summary>
internal sealed partial class EmbeddedDurableTaskClient(string name, OrchestrationEngine engine, IOptionsMonitor<DurableTaskClientOptions> options)
    : DurableTaskClient(name)
{
    private static readonly IReadOnlyList<OrchestrationRuntimeStatus> NotEnded =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    private readonly DurableTaskClientOptions _options = options.Get(name);

    private ActorServices Actors => engine.Actors;

    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(orchestratorName.Name, nameof(orchestratorName));
        await engine.EnsureOpenAsync(cancellation);
        InstanceRow row = NewRow(orchestratorName, input, options);
        InstanceCreation creation = new() { Instance = row, ForbiddenStatuses = Forbidden(options) };
        TimerRow? start = row.StartAt is { } startAt ? new(row.InstanceId, row.ExecutionId, TimerRow.StartTaskId, startAt) : null;
        await TrackAsync(async () =>
        {
            CommitResult committed = await Actors.Store.CommitAsync(new() { Creations = [creation], NewTimers = start is { } timer ? [timer] : [] });
            if (committed.Outcome != CommitOutcome.Committed)
                throw new OrchestrationAlreadyExistsException(row.InstanceId);
            if (start is { } due)
                Actors.Timers.Add(due);
            else
                Actors.Directory.Post(row.InstanceId, new ActorMessage.Created(row));
        });
        return row.InstanceId;
    }

    public override async Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        EventRaised raised = new(eventName, _options.DataConverter.Serialize(eventPayload));
        if (!await SendAsync(instanceId, raised, keep: true, cancellation) && _options.ThrowOnUndeliverable)
            throw new EventNotDeliverableException(instanceId, eventName);
    }

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, row => row.Status != OrchestrationRuntimeStatus.Pending, getInputsAndOutputs, cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, row => row.HasEnded, getInputsAndOutputs, cancellation);

    public override Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        ExecutionTerminated end = new(_options.DataConverter.Serialize(options?.Output), options?.Recursive ?? false);
        return TerminateAsync(instanceId, end, cancellation);
    }

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return SendAsync(instanceId, new ExecutionSuspended(reason), keep: false, cancellation);
    }

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return SendAsync(instanceId, new ExecutionResumed(reason), keep: false, cancellation);
    }

    public override async Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        await engine.EnsureOpenAsync(cancellation);
        return await Actors.Store.GetInstanceAsync(instanceId, cancellation) is { } row
            ? Metadata.Of(row, getInputsAndOutputs ? _options.DataConverter : null)
            : null;
    }

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        filter ??= new();
        return Pageable.Create<OrchestrationMetadata>(async (token, size, cancellation) =>
        {
            await engine.EnsureOpenAsync(cancellation);
            InstanceQuery query = InstanceQueries.Of(filter) with
            {
                PageSize = Math.Max(1, size ?? filter.PageSize),
                After = InstanceCursors.Read(token ?? filter.ContinuationToken),
            };
            InstancePage page = await Actors.Store.QueryInstancesAsync(query, cancellation);
            DataConverter? converter = filter.FetchInputsAndOutputs ? _options.DataConverter : null;
            return new([.. page.Instances.Select(row => Metadata.Of(row, converter))], InstanceCursors.Write(page.Next));
        });
    }

    // The engine belongs to the container, not to its clients.
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private InstanceRow NewRow(TaskName name, object? input, StartOrchestrationOptions? options)
    {
        DateTime now = Actors.Now;
        return new()
        {
            InstanceId = string.IsNullOrEmpty(options?.InstanceId) ? Guid.NewGuid().ToString("N") : options.InstanceId,
            ExecutionId = Guid.NewGuid().ToString("N"),
            Name = name.Name,
            Version = options?.Version is { } version ? version.Version : _options.DefaultVersion,
            Input = _options.DataConverter.Serialize(input),
            Tags = HistorySerializer.WriteTags(options?.Tags),
            CreatedAt = now,
            UpdatedAt = now,
            StartAt = options?.StartAt is { } startAt && startAt.UtcDateTime > now ? startAt.UtcDateTime : null,
        };
    }

    private static IReadOnlyList<OrchestrationRuntimeStatus> Forbidden(StartOrchestrationOptions? options) => options?.DedupeStatuses is { } named
        ? [.. named.Select(status => Enum.TryParse(status, ignoreCase: true, out OrchestrationRuntimeStatus known)
            ? known
            : throw new ArgumentException($"'{status}' is not an orchestration status.", nameof(options))).Union(NotEnded)]
        : NotEnded;

    private async Task<OrchestrationMetadata> WaitAsync(
        string instanceId, Func<InstanceRow, bool> until, bool withPayloads, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        await engine.EnsureOpenAsync(cancellation);
        await Actors.Waiters.WaitAsync(instanceId, until, () => Actors.Store.GetInstanceAsync(instanceId, cancellation), cancellation);
        return await GetInstancesAsync(instanceId, withPayloads, cancellation)
            ?? throw new InvalidOperationException($"Instance '{instanceId}' was purged while it was waited for.");
    }

    private async Task TerminateAsync(string instanceId, ExecutionTerminated end, CancellationToken cancellation)
    {
        if (await SendAsync(instanceId, end, keep: false, cancellation) || !end.Recursive)
            return;

        // The instance itself has ended; those it started may not have.
        await TrackAsync(async () =>
        {
            IReadOnlyList<ActorDelivery> messages = await Descendants.TerminateAsync(Actors, instanceId, end);
            if (messages.Count == 0)
                return;
            CommitResult committed = await Actors.Store.CommitAsync(new() { Messages = [.. messages.Select(message => message.Message)] });
            TurnEffects.Deliver(Actors, messages, committed);
        });
    }

    private async Task<bool> SendAsync(string instanceId, HistoryEvent content, bool keep, CancellationToken cancellation)
    {
        await engine.EnsureOpenAsync(cancellation);
        bool delivered = false;
        await TrackAsync(async () =>
        {
            ActorDelivery delivery = ActorDelivery.To(instanceId, null, content, Actors.NextSequence(), keep);
            CommitResult committed = await Actors.Store.CommitAsync(new() { Messages = [delivery.Message] });
            TurnEffects.Deliver(Actors, [delivery], committed);
            delivered = committed.UndeliveredMessages.Count == 0;
        });
        return delivered;
    }

    private async Task TrackAsync(Func<Task> call)
    {
        Actors.Work.Enter();
        try
        {
            await call();
        }
        finally
        {
            Actors.Work.Leave();
        }
    }
}
