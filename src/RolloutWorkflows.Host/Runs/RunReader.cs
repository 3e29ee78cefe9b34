using System.Text.Json;
using RolloutWorkflows.Activities;
using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host;

/// <summary>Reads runs as people see them: status and soak from the orchestrations' own projections, the timeline from the record.</summary>
internal sealed class RunReader(DurableTaskClient client, IRunLog log, IOutbox outbox, TimeProvider time)
{
    private const int TimelinePage = 1000;

    /// <exception cref="ProblemException">404: there is no such run.</exception>
    public async Task<RolloutDetails> ReadAsync(string runId, long after, CancellationToken cancellation)
    {
        var instance = await RequireAsync(runId, cancellation);
        var run = StatusOf(instance);
        var (timeline, position) = await TimelineAsync(runId, after, cancellation);
        return new RolloutDetails
        {
            Run = run,
            Soak = await SoakAsync(run, cancellation),
            Watched = await WatchedAsync(run, cancellation),
            Timeline = timeline,
            Parked = [.. (await outbox.ListAsync(new OutboxQuery { RunId = runId, State = OutboxState.Parked }, cancellation)).Select(OutboxItem.Of)],
            Position = position,
            Orchestration = instance.RuntimeStatus.ToString(),
            Failure = FailureOf(instance),
            Now = time.GetUtcNow(),
        };
    }

    /// <summary>The orchestration of a run, with its payloads.</summary>
    /// <exception cref="ProblemException">404: there is no such run.</exception>
    public async Task<OrchestrationMetadata> RequireAsync(string runId, CancellationToken cancellation) =>
        await client.GetInstanceAsync(runId, getInputsAndOutputs: true, cancellation) is { } instance && instance.Name == OrchestrationNames.Rollout
            ? instance
            : throw Problems.RunNotFound(runId);

    /// <summary>Runs that have not ended, newest first.</summary>
    public async Task<IReadOnlyList<RunStatus>> LiveAsync(CancellationToken cancellation)
    {
        var live = new List<RunStatus>();
        var query = new OrchestrationQuery(
            Statuses: [OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Suspended], FetchInputsAndOutputs: true);
        await foreach (var instance in client.GetAllInstancesAsync(query).WithCancellation(cancellation))
            if (instance.Name == OrchestrationNames.Rollout)
                live.Add(StatusOf(instance));
        return [.. live.OrderByDescending(run => run.StartedAt)];
    }

    /// <summary>One page of all runs, newest first.</summary>
    public async Task<RolloutPage> ListAsync(int top, string? after, string? playbook, CancellationToken cancellation)
    {
        var items = new List<RolloutSummary>();
        var continuation = after;
        do
        {
            var page = await log.ListAsync(top - items.Count, continuation, cancellation);
            continuation = page.Continuation;
            foreach (var listing in page.Runs)
                if (await client.GetInstanceAsync(listing.RunId, getInputsAndOutputs: true, cancellation) is { } instance && StatusOf(instance) is var run && (playbook is null || run.Playbook == playbook))
                    items.Add(Summarise(run));
        }
        while (items.Count < top && continuation is not null);
        return new RolloutPage { Items = items, Next = continuation };
    }

    public static RolloutSummary Summarise(RunStatus run) => new()
    {
        RunId = run.RunId,
        Playbook = run.Playbook,
        State = run.State,
        Because = run.Because,
        Stage = run.Stage,
        StartedBy = run.StartedBy,
        StartedAt = run.StartedAt,
        EndedAt = run.EndedAt,
        OpenApprovals = run.OpenApprovals.Count,
    };

    /// <summary>Why the engine ended or parked a run; null where it did not.</summary>
    public static string? FailureOf(OrchestrationMetadata instance) => instance switch
    {
        { ParkedReason: { } parked } => $"parked: {parked}",
        { FailureDetails: { } failure } => $"{failure.ErrorType}: {failure.ErrorMessage}",
        { RuntimeStatus: OrchestrationRuntimeStatus.Terminated } => "terminated by an administrator",
        _ => null,
    };

    public static RunStatus StatusOf(OrchestrationMetadata instance)
    {
        if (instance.SerializedCustomStatus is { } status) return StorageJson.Read<RunStatus>(status);

        // Scheduled, and its first turn has not run yet.
        var input = StorageJson.Read<RolloutInput>(instance.SerializedInput!);
        return new RunStatus
        {
            RunId = input.RunId,
            Playbook = input.Playbook.Name,
            Title = input.Playbook.Title,
            State = RunState.Pending,
            Because = "it is about to begin",
            StartedBy = input.StartedBy,
            StartedAt = instance.CreatedAt,
            Supersedes = input.Supersedes?.RunId,
            Stages = Takeover.StagesAtStart(input),
            TimeCompression = input.TimeCompression,
        };
    }

    /// <summary>The soak of the stage in hand; null where none goes on, or where it cannot be read.</summary>
    public Task<SoakStatus?> SoakAsync(RunStatus run, CancellationToken cancellation) =>
        SoakAsync(run.Stages.LastOrDefault(stage => stage.State == StageState.Open)?.SoakInstanceId, cancellation);

    private async Task<IReadOnlyList<SoakStatus>> WatchedAsync(RunStatus run, CancellationToken cancellation)
    {
        var soaks = new List<SoakStatus>();
        foreach (var stage in run.Stages.Where(stage => stage is { IsWatched: true, State: not StageState.Open }))
            if (await SoakAsync(stage.SoakInstanceId, cancellation) is { } soak)
                soaks.Add(soak);
        return soaks;
    }

    private async Task<SoakStatus?> SoakAsync(string? watched, CancellationToken cancellation)
    {
        if (watched is null || await client.GetInstanceAsync(watched, getInputsAndOutputs: true, cancellation) is not { SerializedCustomStatus: { } status }) return null;
        try
        {
            return StorageJson.Read<SoakStatus>(status);
        }
        catch (JsonException)
        {
            // Written by another version: the run is shown without it rather than not at all.
            return null;
        }
    }

    private async Task<(List<RunLogEntry> Entries, long Position)> TimelineAsync(string runId, long after, CancellationToken cancellation)
    {
        var entries = new List<RunLogEntry>();
        while (true)
        {
            var page = await log.ReadAsync(runId, after, TimelinePage, cancellation);
            entries.AddRange(page.Entries);
            after = page.Position;
            if (page.Entries.Count < TimelinePage) return (entries, after);
        }
    }
}
