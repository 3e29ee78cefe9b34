using System.Text.Json;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>
/// Writes an orchestration's lines into the run's record: one after the other, in order, each once. Writing never
/// holds up the orchestration; <see cref="DrainAsync"/> awaits what is still under way.
/// </summary>
/// <param name="context">The orchestration.</param>
/// <param name="runId">Whose record.</param>
/// <param name="clock">Gives the playbook times.</param>
/// <param name="series">Keeps lines apart that one orchestration writes at the same moment in several series: for a run that goes on after its end the command, for another run's record that run.</param>
internal sealed class RunLogWriter(TaskOrchestrationContext context, string runId, PlaybookClock clock, string? series = null)
{
    /// <summary>The record is part of the run's promise, so writing it is tried for about a day before the run fails on it.</summary>
    private static readonly TaskOptions Persistent = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 2_900, firstRetryInterval: TimeSpan.FromSeconds(1), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromSeconds(30)));

    private Task tail = Task.CompletedTask;
    private int written;

    public void Write(RunLogKind kind, string message, string? stage = null, int? attempt = null, string? actor = null,
        string? reason = null, string? commandId = null, object? data = null)
    {
        var entry = new RunLogEntry
        {
            EntryId = FormattableString.Invariant($"{context.InstanceId}#{series}{context.CurrentUtcDateTime.Ticks}.{written++}"),
            RunId = runId,
            At = new DateTimeOffset(context.CurrentUtcDateTime, TimeSpan.Zero),
            PlaybookTime = clock.ToPlaybook(context.CurrentUtcDateTime),
            Kind = kind,
            Stage = stage,
            Attempt = attempt,
            Actor = actor ?? Actors.Rollout,
            Reason = reason,
            Message = message,
            CommandId = commandId,
            Data = data is null ? null : JsonSerializer.SerializeToElement(data, PlaybookJson.Options),
        };
        tail = AppendAfter(tail, entry);
    }

    /// <summary>Completes once everything written stands in the record, also what is written meanwhile.</summary>
    public async Task DrainAsync()
    {
        while (!tail.IsCompletedSuccessfully) await tail;
    }

    private async Task AppendAfter(Task before, RunLogEntry entry)
    {
        await before;
        await context.CallActivityAsync(ActivityNames.Record, entry, Persistent);
    }
}
