using System.Text.Json;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.CommandRunner;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Carries out <c>shell/run</c>. The intent is journaled before the command is started; a command that was started is found
/// again by its folder, also by another server, and never started twice for one try. Durable timers call again while it runs.
/// </summary>
internal sealed class ShellRunActivity(
    AllowedCommands commands, SupervisedCommands supervised, IEffectJournal journal, TimeProvider time, ILogger<ShellRunActivity> logger)
    : StepActivity<ShellRunStep>(time, logger), ISentEffect, IRunningEffect
{
    private const int ShownCharacters = 4000;

    /// <summary>How long one call waits for the command.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    public bool NeverTookPlace(EffectRecord effect) => CommandTry.Of(effect) is { Started: false, Number: 1 };

    public void Stop(EffectRecord effect) => supervised.Stop(CommandTry.Of(effect).KeyOf(effect));

    protected override async Task<StepResult> ExecuteAsync(StepCall<ShellRunStep> call, CancellationToken cancellation)
    {
        var (step, request) = (call.Step, call.Request);
        if (request.RollbackTo is not null) return Errored("shell/run takes no rollbackTo: state an undo.");
        PreparedCommand command;
        try
        {
            // Asked before anything is journaled: what is not allowed leaves nothing behind.
            command = await commands.PrepareAsync(request.Playbook, isUndo: request.Undoes is not null, step.Command, step.Arguments, step.Environment, step.Timeout, cancellation);
        }
        catch (Exception problem) when (problem is CommandException or SecretException)
        {
            return Errored($"Nothing was run: {problem.Message}.");
        }

        var intent = await journal.IntendAsync(ToRecord(call), cancellation);
        if (intent.Outcome == EffectIntentOutcome.Refused)
            return Errored($"{request.Uses} was not run: the run was rolled back in the meantime (its epoch is {intent.Epoch}, the step's {request.Epoch}).");
        var known = CommandTry.Of(intent.Record);
        if (intent.Outcome == EffectIntentOutcome.Written) return await StartAsync(call, intent.Record, known, command, cancellation);
        return await FollowAsync(call, intent.Record, known, command, cancellation);
    }

    private async Task<StepResult> StartAsync(StepCall<ShellRunStep> call, EffectRecord effect, CommandTry known, PreparedCommand command, CancellationToken cancellation)
    {
        // Before it is started: a server that dies between the two must not start it again.
        var started = known with { Started = true };
        await journal.SettleAsync(effect.EffectId, EffectState.Applied, started.ToJson(), cancellation);
        try
        {
            return await JudgeAsync(call, effect, started, await supervised.StartAsync(known.KeyOf(effect), command, Patience, cancellation), cancellation);
        }
        catch (CommandException problem)
        {
            return await NotStartedAsync(effect, known, problem.Message, cancellation);
        }
    }

    private async Task<StepResult> FollowAsync(StepCall<ShellRunStep> call, EffectRecord effect, CommandTry known, PreparedCommand command, CancellationToken cancellation)
    {
        if (!known.Started) return await StartAsync(call, effect, known, command, cancellation);
        var standing = await supervised.LookAsync(known.KeyOf(effect), Patience, cancellation);
        // Whoever tries the step anew after there was no answer wants the command run again; whoever asks how it stands does not.
        var isNewTry = call.Request.Kept is null && call.Key != known.Call;
        if (!isNewTry || !MayRunAgain(call, standing)) return await JudgeAsync(call, effect, known, standing, cancellation);
        var again = new CommandTry(Started: false, known.Number + 1, call.Key);
        await journal.SettleAsync(effect.EffectId, EffectState.Intended, again.ToJson(), cancellation);
        return await StartAsync(call, effect, again, command, cancellation);
    }

    /// <summary>A way back is tried until it works. Anything else is run again only where it surely came to no answer: what is unknown may have done its work.</summary>
    private static bool MayRunAgain(StepCall<ShellRunStep> call, CommandStanding standing) => !standing.IsRunning
        && (call.Request.Undoes is null ? standing.Result is { End: not CommandEnd.Exited } : standing.Result?.ExitCode != call.Step.ExpectExitCode);

    private async Task<StepResult> JudgeAsync(StepCall<ShellRunStep> call, EffectRecord effect, CommandTry known, CommandStanding standing, CancellationToken cancellation)
    {
        var applied = effect with { State = EffectState.Applied, Intended = known.ToJson() };
        if (standing.IsRunning)
        {
            return call.Request.StartedAt is null && call.Request.Undoes is null
                ? Errored($"{effect.Target} takes longer than is waited for here.") with { Effect = applied }
                : new StepResult { Verdict = StepVerdict.Waiting, Message = $"{effect.Target} runs", Again = Interval, Keep = known.ToJson(), Effect = applied };
        }

        if (standing.Result is not { } result)
            return Errored($"It is not known what became of {effect.Target}: it was started, and is gone without having said how it ended. It is not run again. Look there: ignore this step where it did its work, or roll back.") with { Effect = applied };
        if (result.End == CommandEnd.NotStarted) return await NotStartedAsync(effect, known, result.Problem ?? "the program could not be started", cancellation);
        (string, object?)[] outputs = [("exitCode", result.ExitCode), ("output", Shown(result.Output))];
        if (result.End == CommandEnd.TimedOut) return Errored($"{effect.Target} did not end within {PlaybookDuration.Format(call.Step.Timeout)} and was ended.{LastLine(result)} Retry runs it again.", outputs) with { Effect = applied };
        if (result.End == CommandEnd.Stopped) return Errored($"{effect.Target} was stopped.", outputs) with { Effect = applied };
        return result.ExitCode == call.Step.ExpectExitCode
            ? Passed($"{effect.Target} ended with {result.ExitCode}.", outputs) with { Effect = applied }
            : Failed($"{effect.Target} ended with {result.ExitCode}; expected {call.Step.ExpectExitCode}.{LastLine(result)}", outputs) with { Effect = applied };
    }

    private async Task<StepResult> NotStartedAsync(EffectRecord effect, CommandTry known, string problem, CancellationToken cancellation)
    {
        await journal.SettleAsync(effect.EffectId, EffectState.Intended, (known with { Started = false }).ToJson(), cancellation);
        return Errored($"{effect.Target} was not run: {problem}.");
    }

    private EffectRecord ToRecord(StepCall<ShellRunStep> call)
    {
        var request = call.Request;
        return new EffectRecord
        {
            // Not the call's own key: each look, and another try of the step, is about the same command.
            EffectId = request.Undoes is { } undone ? $"{undone}/undo" : $"{request.RunId}/{request.Stage}/{request.Attempt}/{request.Epoch}/{request.StepId}",
            RunId = request.RunId,
            Sequence = 0,
            Epoch = request.Epoch,
            Stage = request.Stage,
            Attempt = request.Attempt,
            StepId = request.StepId,
            Uses = request.Uses,
            Target = $"command:{call.Step.Command}",
            Prior = JsonSerializer.SerializeToElement<object?>(null),
            Intended = new CommandTry(Started: false, 1, call.Key).ToJson(),
            State = EffectState.Intended,
            Surface = request.Surface,
            Undo = request.Undo,
            Undoes = request.Undoes,
            Irreversible = request.Irreversible,
            IntendedAt = Time.GetUtcNow(),
        };
    }

    private static string Shown(string output) => output.Length <= ShownCharacters ? output : "…" + output[^ShownCharacters..];

    private static string LastLine(CommandResult result) =>
        result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [.., var last] ? $" It said: {(last.Length <= 300 ? last : last[..300] + "…")}" : "";
}
