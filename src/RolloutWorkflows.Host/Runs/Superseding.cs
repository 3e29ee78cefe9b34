using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RolloutWorkflows.Activities;
using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Host;

/// <summary>
/// Lets a new run take over from an earlier one: looks whether it can, ends the earlier one where it waits rolled back, and
/// hands its leases on first, so that no third run can step between.
/// </summary>
internal sealed class Superseding(
    EarlierRuns runs, ITakeoverChecks checks, CommandSender sender, DurableTaskClient client, StartLeases starts, ILeases leases, TimeProvider time)
{
    /// <summary>How long an aborted run may take to end before the new one begins all the same.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>What the new run takes over; null where the request asks for nothing of the kind.</summary>
    /// <exception cref="ProblemException">400: half of it is missing. 404: no such run. 409: it cannot be superseded; every obstacle is listed.</exception>
    public async Task<SupersededRun?> PrepareAsync(SupersedeRequest? request, Playbook playbook, IReadOnlyDictionary<string, JsonElement> inputs)
    {
        if (request is null) return null;
        if (request is not { Run.Length: > 0, From.Length: > 0 })
            throw Problems.BadRequest($"'supersedes.{(request.Run is { Length: > 0 } ? "from" : "run")}' is missing; expected the earlier run and the stage to begin with.", "\"supersedes\": { \"run\": RUN, \"from\": STAGE } (command line: --supersedes RUN --from STAGE).");
        var plan = Takeover.Plan(playbook, inputs, request.From, await runs.ReadAsync(request.Run));
        var obstacles = plan.Obstacles.Count > 0 || Takeover.Skipped(playbook, request.From).Count == 0 ? plan.Obstacles : await checks.FindObstaclesAsync(plan.Run);
        return obstacles.Count == 0 ? plan.Run
            : throw Problems.Of(StatusCodes.Status409Conflict, "not-supersedable", "A run cannot take over from that one", $"{request.Run} cannot be superseded from '{request.From}': {obstacles[0]}.", "Nothing was started, and nothing was done to the earlier run.", obstacles);
    }

    /// <summary>Takes the leases and schedules the run, once the earlier one that it supersedes, if any, has been ended.</summary>
    /// <exception cref="ProblemException">409: another run holds a target, or the earlier run went on meanwhile; nothing was started.</exception>
    public async Task<string> ScheduleAsync(RolloutInput input, Caller caller, Func<Task<string>> schedule)
    {
        if (input.Supersedes is not { } earlier) return await starts.ScheduleAsync(input, schedule);
        if ((await runs.ReadAsync(earlier.RunId)).State != RunState.RolledBack)
        {
            await AwaitEndAsync(earlier.RunId);
            return await starts.ScheduleAsync(input, schedule);
        }

        await leases.TakeOverAsync(earlier.RunId, input.RunId, time.GetUtcNow());
        try
        {
            return await starts.ScheduleAsync(input, async () =>
            {
                await EndAsync(earlier, input, caller);
                return await schedule();
            });
        }
        catch (ProblemException)
        {
            // Another run holds something else that the new one needs; the earlier one goes on as it was.
            await leases.TakeOverAsync(input.RunId, earlier.RunId, time.GetUtcNow());
            throw;
        }
    }

    private async Task EndAsync(SupersededRun earlier, RolloutInput input, Caller caller)
    {
        try
        {
            var answer = await sender.SendAsync(earlier.RunId, new RunCommand
            {
                CommandId = $"supersede/{input.RunId}",
                Verb = RunVerb.Abort,
                Actor = caller.Actor,
                Via = "http",
                IsAdmin = caller.IsAdmin,
                Reason = $"superseded by {input.RunId} from {earlier.FromStage} on",
                SupersededBy = input.RunId,
                At = time.GetUtcNow(),
            }, CancellationToken.None);
            if (answer?.Kind != RunLogKind.CommandAccepted)
                throw Problems.Of(StatusCodes.Status409Conflict, "not-supersedable", "A run cannot take over from that one", answer?.Message ?? $"{earlier.RunId} has not answered yet whether it ends.", $"Nothing was started. Look at {earlier.RunId} (`rollout status {earlier.RunId}`), and start again once it is RolledBack or Aborted.");
        }
        catch
        {
            await leases.TakeOverAsync(input.RunId, earlier.RunId, time.GetUtcNow());
            throw;
        }

        await AwaitEndAsync(earlier.RunId);
    }

    private async Task AwaitEndAsync(string runId)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            await client.WaitForInstanceCompletionAsync(runId, getInputsAndOutputs: false, patience.Token);
        }
        catch (OperationCanceledException)
        {
            // Its last steps take long. It changes nothing any more that it would need a lease for.
        }
    }
}
