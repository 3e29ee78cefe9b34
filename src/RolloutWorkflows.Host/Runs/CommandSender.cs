using RolloutWorkflows.Activities;
using RolloutWorkflows.DurableTask;
using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host;

/// <summary>Hands commands to runs and brings back their answers. The run alone decides; this only seals who asked.</summary>
internal sealed class CommandSender(DurableTaskClient client, RunReader reader, IRunLog log, TimeProvider time)
{
    /// <summary>What programs may tell a run. Whatever is not named here, and every verb to come, is a decision of people.</summary>
    private static readonly HashSet<RunVerb> ServiceVerbs = [RunVerb.Hold, RunVerb.Resume, RunVerb.Retry, RunVerb.Rollback, RunVerb.Abort, RunVerb.Annotate];

    /// <summary>How long an answer is waited for; the command is stored and will be answered either way.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly OrchestrationRuntimeStatus[] NotEnded = [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    /// <summary>The run's answer, or null where it has not answered in time; it is stored then and will be answered.</summary>
    /// <exception cref="ProblemException">404: no such run. 409: the run has ended, or the id was used for another run.</exception>
    public Task<RunLogEntry?> SendAsync(string runId, RunCommand command, CancellationToken cancellation) => SendAsync(runId, command, Patience, cancellation);

    /// <summary>The same, with another patience once the command is stored, in real time.</summary>
    public async Task<RunLogEntry?> SendAsync(string runId, RunCommand command, TimeSpan within, CancellationToken cancellation)
    {
        var instance = await reader.RequireAsync(runId, cancellation);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var answer = log.WaitForAnswerAsync(command.CommandId, patience.Token);
        if (!answer.IsCompletedSuccessfully)
        {
            if (!instance.IsCompleted) await RaiseAsync(runId, command, instance);
            else if (command.Verb != RunVerb.Rollback || !await ReopenAsync(instance, command)) throw Ended(instance);
        }

        patience.CancelAfter(within);
        try
        {
            var entry = await answer;
            if (entry.RunId != runId) throw IdUsed(command, $"a command to {entry.RunId}");
            return entry.Kind is RunLogKind.CommandAccepted or RunLogKind.CommandRefused && entry.Actor != command.Actor ? throw IdUsed(command, $"a command of {entry.Actor}") : entry;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            var now = await reader.RequireAsync(runId, cancellation);
            return now.IsCompleted ? throw Ended(now) : null;
        }
    }

    /// <summary>A run that has ended goes on under its own id to be rolled back. False where it has kept nothing to go back with.</summary>
    private async Task<bool> ReopenAsync(OrchestrationMetadata instance, RunCommand command)
    {
        if (instance.RuntimeStatus != OrchestrationRuntimeStatus.Completed || instance.ReadOutputAs<RolloutResult>()?.Memory is not { } memory) return false;
        var input = instance.ReadInputAs<RolloutInput>()! with { Reopened = new ReopenedRun { Memory = memory, Command = command } };
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(OrchestrationNames.Rollout, input, new StartOrchestrationOptions(instance.InstanceId).WithDedupeStatuses(NotEnded), CancellationToken.None);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // Somebody else was faster, and the run is under way again.
            await RaiseAsync(instance.InstanceId, command, instance);
        }

        return true;
    }

    /// <summary>Whether a service may tell a run this.</summary>
    public static bool IsForPrograms(RunVerb verb) => ServiceVerbs.Contains(verb);

    private static ProblemException IdUsed(RunCommand command, string by) =>
        Problems.Of(409, "command-id-used", "The command's id was used before", $"'{command.CommandId}' is the id of {by}.", "Use a fresh id for each command, or leave it out.");


    private async Task RaiseAsync(string runId, RunCommand command, OrchestrationMetadata instance)
    {
        try
        {
            await client.RaiseEventAsync(runId, OrchestrationNames.CommandEvent, command, CancellationToken.None);
        }
        catch (EventNotDeliverableException)
        {
            throw Ended(await client.GetInstanceAsync(runId, getInputsAndOutputs: true) ?? instance);
        }
    }

    /// <summary>What is told to a run that has ended.</summary>
    public static ProblemException Ended(OrchestrationMetadata instance)
    {
        var how = RunReader.FailureOf(instance) ?? (instance.SerializedCustomStatus is { } status ? StorageJson.Read<RunStatus>(status).State.ToString() : instance.RuntimeStatus.ToString());
        return Problems.Of(409, "run-ended", "The run has ended", $"{instance.InstanceId} has ended ({how}) and takes no more commands.", "Start another run.");
    }

    /// <summary>Reads a command's body into a sealed command.</summary>
    /// <exception cref="ProblemException">400: something is missing or too long.</exception>
    /// <exception cref="ProblemException">403: the body names somebody else, or a service would decide.</exception>
    public RunCommand Seal(RunVerb verb, CommandRequest request, Caller caller)
    {
        caller.RequireNamedBy(request.Actor);
        if (caller.IsService && !IsForPrograms(verb)) throw KeyProblems.NoVote(caller, RunVerbs.Word(verb));
        if (RunVerbs.NeedsReason(verb) && string.IsNullOrWhiteSpace(request.Reason))
            throw Problems.BadRequest($"'reason' is missing, and {RunVerbs.Word(verb)} needs one.", "Say why: \"reason\": \"…\" (command line: --reason).");
        if (verb == RunVerb.Handover && string.IsNullOrWhiteSpace(request.To)) throw Problems.BadRequest("'to' is missing: handover names the person who becomes the owner.", "Name one: \"to\": \"bob\" (command line: --to bob).");
        if (request.CommandId is { } id && (id.Length is 0 or > 128 || id.Any(char.IsControl)))
            throw Problems.BadRequest($"'commandId' has {id.Length} characters; expected 1 to 128, none of them a control character.", "Use any unique text, or leave it out.");
        if (request.Via is not (null or "http" or "cli" or "demo")) throw Problems.BadRequest($"'via' is '{request.Via}'; expected http, cli or demo.", "Leave it out.");
        return new RunCommand
        {
            CommandId = request.CommandId ?? Guid.CreateVersion7(time.GetUtcNow()).ToString("N"),
            Verb = verb,
            Actor = caller.Actor,
            Via = request.Via ?? "http",
            IsAdmin = caller.IsAdmin,
            Reason = WrittenText.Reason(request.Reason),
            ApprovalId = request.ApprovalId,
            To = request.To,
            Surface = WrittenText.Reason(request.Surface, "surface"),
            At = time.GetUtcNow(),
        };
    }
}
