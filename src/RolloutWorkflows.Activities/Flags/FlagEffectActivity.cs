using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace RolloutWorkflows.Activities;

/// <summary>Base of the steps that change one side of a flag: its switch, its percentage or its canary.</summary>
internal abstract class FlagEffectActivity<TStep>(IFlagStore flags, IEffectJournal journal, EffectGate gate, TimeProvider time, ILogger logger)
    : EffectActivity<TStep>(journal, gate, time, logger)
    where TStep : class
{
    private const string TargetPrefix = "flag:";

    /// <summary>JSON null.</summary>
    protected static readonly JsonElement Nothing = JsonSerializer.SerializeToElement<object?>(null);

    public sealed override async Task<JsonElement> ReadAsync(string target, CancellationToken cancellation) =>
        await flags.FindAsync(NameOf(target), cancellation) is { } flag ? ValueOf(flag) : Nothing;

    public sealed override async Task<EffectWrite> ChangeAsync(string target, Func<JsonElement, JsonElement> decide, EffectSender sender, CancellationToken cancellation)
    {
        var name = NameOf(target);
        var result = await flags.ChangeAsync(
            new FlagChange
            {
                Flag = name,
                Actor = sender.Actor,
                Reason = sender.Reason,
                Fence = sender.Fence,
                Stage = sender.Stage,
                Attempt = sender.Attempt,
                Apply = flag => Edit(name, decide(flag is null ? Nothing : ValueOf(flag)))(flag),
            },
            cancellation);
        return new EffectWrite(
            result.Before is { } before ? ValueOf(before) : Nothing,
            result.Outcome == FlagChangeOutcome.Refused ? $"a later change of the same run stands (epoch {result.RefusedBy!.Epoch}, change {result.RefusedBy.Sequence})" : null);
    }

    public sealed override async Task<string?> ChangedByAsync(string target, CancellationToken cancellation)
    {
        var last = (await flags.AuditAsync(NameOf(target), limit: 100, cancellation: cancellation))
            .FirstOrDefault(entry => entry is { Outcome: FlagChangeOutcome.Changed, After: { } after } && !Same(entry.Before is { } before ? ValueOf(before) : Nothing, ValueOf(after)));
        return last is null ? null : last.Reason is { Length: > 0 } reason ? $"{last.Actor} ({reason})" : last.Actor;
    }

    protected sealed override string TargetOf(TStep step) => TargetPrefix + FlagOf(step);

    protected sealed override async Task<string?> ObstacleAsync(TStep step, CancellationToken cancellation)
    {
        var name = FlagOf(step);
        if (FlagNames.Problem(name) is { } problem) return char.ToUpperInvariant(problem[0]) + problem[1..] + ".";
        return ObstacleIn(step, await flags.FindAsync(name, cancellation));
    }

    /// <summary>The flag that the step names.</summary>
    protected abstract string FlagOf(TStep step);

    /// <summary>Why the step cannot act on the flag as it stands; null where it can.</summary>
    protected abstract string? ObstacleIn(TStep step, FlagState? flag);

    /// <summary>The side of the flag that the step changes.</summary>
    protected abstract JsonElement ValueOf(FlagState flag);

    /// <summary>Sets that side.</summary>
    protected abstract Func<FlagState?, FlagState> Edit(string flag, JsonElement value);

    /// <summary>The obstacle that a percentage and a canary share: the flag must be able to serve a share of users, and somebody may have turned it off.</summary>
    protected static string? ObstacleForSomeUsers(FlagState? flag, bool exposes) => flag switch
    {
        { Kind: FlagKind.Boolean } => $"Flag '{flag.Name}' is a boolean flag: it has no percentage and no canary. Use flag/set, or another flag.",
        { Enabled: false } when exposes => $"Flag '{flag.Name}' is turned off (last changed by {flag.UpdatedBy}), and off beats everything: nobody would get it. Turn it on first.",
        _ => null,
    };

    private static string NameOf(string target) => target[TargetPrefix.Length..];
}
